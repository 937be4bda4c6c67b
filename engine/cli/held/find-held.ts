import { stillLooks } from "../../io/index/looks.ts";
import { sameLookups } from "../../io/outside/code-lookups.ts";
import { loadPlugins } from "../../io/plugins/load-plugins.ts";
import { buildCatalog } from "../build-catalog.ts";
import type { Workbench } from "../containers/workbench-container.ts";
import type { RunResult } from "../run-results.ts";
import { type Basis, catalogDigest, valuesDigest } from "./basis.ts";

/** A complete run that holds all that was asked for. */
export interface Held {
  readonly run: string;
  readonly runHash: string | null;
  readonly results: readonly RunResult[];
}

/** Where a request is looked for. */
export interface HeldScope {
  /** See `requestDigest`. */
  readonly request: string;
  readonly bench: Workbench;
  readonly runsDirectory: string;
  /** The pipeline's directory. */
  readonly root: string;
  /** The variable PATH. */
  readonly path: string;
}

/**
 * The run that was found to hold the same request before, where nothing that the answer rested on has changed: files by
 * size, times and inodes, code by its digest, variables by their values. Undefined wherever that isn't sure; then the
 * request has to be planned.
 */
export async function findHeld({ request, bench, runsDirectory, root, path }: HeldScope): Promise<Held | undefined> {
  const { index } = bench;
  const known = index.held(request);
  if (known === undefined || !index.runs().some(({ run, complete }) => run === known.run && complete)) return undefined;
  const { steps, catalog, env, values, secrets, lookups, runHash, results }: Basis = JSON.parse(known.basis);
  const variable = (name: string) => bench.surroundings.variable(name);
  const same =
    secrets.every((name) => variable(name) !== undefined) &&
    valuesDigest(env, variable) === values &&
    sameLookups(lookups, root, path) &&
    stillLooks(runsDirectory, known.looks) &&
    (await currentCatalog(bench, root, steps)) === catalog;
  return same ? { run: known.run, runHash, results } : undefined;
}

/** Undefined where a step isn't there any more. */
async function currentCatalog(bench: Workbench, root: string, steps: readonly string[]): Promise<string | undefined> {
  const plugins = await loadPlugins({ root });
  if (steps.some((name) => plugins.step(name) === undefined)) return undefined;
  const { catalog } = await buildCatalog({ plugins, inspector: bench.inspector, cache: bench.index }, steps);
  return catalogDigest(catalog);
}
