import type { z } from "@orchestrate/sdk";
import { DEFAULT_POLICY, type Policy, type PolicyConfig } from "./policy.ts";
import { policyFromEnvironment } from "./policy-from-environment.ts";

/**
 * The policy that holds: what the config says, which a profile may have laid over, else what the environment says, else
 * the default. The environment is read whole before anything of it counts.
 *
 * @throws StepError `recorder-policy-invalid`.
 */
export function resolvePolicy(
  config: z.output<typeof PolicyConfig>,
  environment: Readonly<Record<string, string>>,
): Policy {
  const said = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
  return { ...DEFAULT_POLICY, ...policyFromEnvironment(environment), ...said };
}
