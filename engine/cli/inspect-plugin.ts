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

/**
 * Asks a worker for the contract of every step and service of a plugin. Nothing is kept. @param asking is told of each
 * before
 */
export function inspectPlugin(
  plugin: Plugin,
  timeoutMs: number = CONTRACT_TIMEOUT,
  asking: (name: string) => void = () => {},
): Promise<readonly InspectedPart[]> {
  return withPluginScope(plugin, timeoutMs, async (scope) => {
    const parts: InspectedPart[] = [];
    const ask = async (name: string, facts: Parameters<typeof part>[1]) => {
      asking(name);
      parts.push(await part(name, facts));
    };
    for (const name of plugin.steps.keys()) await ask(name, () => stepFacts(scope, name));
    for (const [token, providers] of plugin.services)
      for (const name of providers.keys()) await ask(`${token}=${name}`, () => serviceFacts(scope, token, name));
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
