import type { ServiceContract, StepContract } from "@orchestrate/sdk";
import type { Plugin } from "../../io/plugins/plugin.ts";
import { toEnvelope } from "../../run/to-envelope.ts";
import { inspectPlugin } from "../inspect-plugin.ts";
import { about, type Finding } from "./finding.ts";

const { ok, warning, broken } = about("load");

/** Reads the contract of every step and service in a worker. */
export async function checkContracts(
  plugin: Plugin,
  timeoutMs: number,
  looking: (name: string) => void,
): Promise<readonly Finding[]> {
  const parts = await inspectPlugin(plugin, timeoutMs, looking);
  return parts.map((part) => {
    if ("problem" in part) {
      const { detail, hint } = toEnvelope(part.problem);
      return broken(part.name, detail, hint);
    }
    return misplaced(part.name, part.contract) ?? ok(part.name, part.contract.summary);
  });
}

/** One module may serve two tokens, where a service of the one is one of the other too; nobody but its author knows. */
function misplaced(name: string, contract: StepContract | ServiceContract): Finding | undefined {
  const declared = name.split("=")[0];
  if (!("token" in contract) || contract.token === declared) return undefined;
  const detail = `package.json has it under the token "${declared}", and it was defined for "${contract.token}".`;
  return warning(name, detail, "Put it under its own token, unless it serves both.");
}
