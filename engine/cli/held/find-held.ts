import { sameStamps } from "../../io/code/code-stamp.ts";
import { heldRequest } from "../../io/index/held-requests.ts";
import { stillLooks } from "../../io/index/looks.ts";
import { sameLookups } from "../../io/outside/code-lookups.ts";
import type { RunResult } from "../run-results.ts";
import { type Basis, valuesDigest } from "./basis.ts";

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
  readonly runsDirectory: string;
  /** The pipeline's directory. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The run that was found to hold the same request before, where nothing that the answer rested on has changed: files by
 * size, times and inodes, variables by their values. Undefined wherever that isn't sure; then the request has to be
 * planned.
 */
export function findHeld({ request, runsDirectory, root, environment }: HeldScope): Held | undefined {
  const known = heldRequest(runsDirectory, request);
  if (known === undefined) return undefined;
  const { code, env, values, secrets, lookups, runHash, results }: Basis = JSON.parse(known.basis);
  const variable = (name: string) => environment[name];
  const same =
    secrets.every((name) => variable(name) !== undefined) &&
    valuesDigest(env, variable) === values &&
    sameLookups(lookups, root, environment.PATH ?? "") &&
    sameStamps(code) &&
    stillLooks(runsDirectory, known.looks);
  return same ? { run: known.run, runHash, results } : undefined;
}
