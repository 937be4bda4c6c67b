import type { ServiceContract, StepContract } from "@orchestrate/sdk";
import type { Plugin } from "../io/plugins/plugin.ts";
import { PluginSet } from "../io/plugins/plugin-set.ts";
import { type AnswerCache, CONTRACT_TIMEOUT, PluginInspector } from "../io/pool/plugin-inspector.ts";
import { WorkerPool } from "../io/pool/worker-pool.ts";
import { type CatalogScope, serviceFacts, stepFacts } from "./build-catalog.ts";
import { processEntry } from "./process-entry.ts";

/** A part of a plugin: its contract, or what came of asking for it. */
export type InspectedPart = {
  /** The step's name, or `token=provider`. */
  readonly name: string;
} & ({ readonly contract: StepContract | ServiceContract } | { readonly problem: unknown });

/** Asks a worker for the contract of every step and service of a plugin. Nothing is kept. */
export async function inspectPlugin(
  plugin: Plugin,
  timeoutMs: number = CONTRACT_TIMEOUT,
): Promise<readonly InspectedPart[]> {
  const pool = new WorkerPool({ entry: processEntry("worker"), size: 1, graceMs: 0 });
  const scope: CatalogScope = {
    plugins: new PluginSet(undefined, [plugin]),
    inspector: new PluginInspector(pool, forgetful, timeoutMs),
    cache: { code: () => undefined, putCode: () => {} },
  };
  try {
    const parts: InspectedPart[] = [];
    for (const name of plugin.steps.keys()) parts.push(await part(name, () => stepFacts(scope, name)));
    for (const [token, providers] of plugin.services) {
      for (const name of providers.keys())
        parts.push(await part(`${token}=${name}`, () => serviceFacts(scope, token, name)));
    }
    return parts;
  } finally {
    pool.close();
  }
}

const forgetful: AnswerCache = {
  contract: () => undefined,
  keepContract: () => {},
  config: () => undefined,
  keepConfig: () => {},
};

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
