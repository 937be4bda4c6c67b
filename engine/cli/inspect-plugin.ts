import type { ServiceContract, StepContract } from "@orchestrate/sdk";
import type { Plugin } from "../io/plugins/plugin.ts";
import { CONTRACT_TIMEOUT } from "../io/pool/plugin-inspector.ts";
import { serviceFacts, stepFacts } from "./build-catalog.ts";
import { withPluginScope } from "./with-plugin-scope.ts";

/** A part of a plugin: its contract, or what came of asking for it. */
export type InspectedPart = {
  /** The step's name, or `token=provider`. */
  readonly name: string;
} & ({ readonly contract: StepContract | ServiceContract } | { readonly problem: unknown });

/** Asks a worker for the contract of every step and service of a plugin. Nothing is kept. */
export function inspectPlugin(plugin: Plugin, timeoutMs: number = CONTRACT_TIMEOUT): Promise<readonly InspectedPart[]> {
  return withPluginScope(plugin, timeoutMs, async (scope) => {
    const parts: InspectedPart[] = [];
    for (const name of plugin.steps.keys()) parts.push(await part(name, () => stepFacts(scope, name)));
    for (const [token, providers] of plugin.services) {
      for (const name of providers.keys())
        parts.push(await part(`${token}=${name}`, () => serviceFacts(scope, token, name)));
    }
    return parts;
  });
}

async function part(
  name: string,
  ask: () => Promise<{ readonly facts: { readonly contract: StepContract | ServiceContract } }>,
): Promise<InspectedPart> {
  try {
    return { name, contract: (await ask()).facts.contract };
  } catch (problem) {
    return { name, problem };
  }
}
