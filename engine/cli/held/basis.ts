import { type Digest, digestJson } from "@orchestrate/manifests";
import type { CodeStamp } from "../../io/code/code-stamp.ts";
import type { CodeLookups } from "../../io/outside/code-lookups.ts";
import type { RunResult } from "../run-results.ts";

/** What an answer rests on besides what was asked and the files it names, and what is told of it. */
export interface Basis {
  /** Of all that says which plugins there are and what their code is. */
  readonly code: readonly CodeStamp[];
  /** Variables that enter fingerprints, and the digest of their values. */
  readonly env: readonly string[];
  readonly values: Digest;
  /** Variables that have to be set; their values are neither kept nor digested. */
  readonly secrets: readonly string[];
  readonly lookups: CodeLookups;
  readonly runHash: string | null;
  readonly results: readonly RunResult[];
}

/** Of the values that variables have, with those that have none. */
export function valuesDigest(names: readonly string[], variable: (name: string) => string | undefined): Digest {
  return digestJson(names.map((name) => variable(name) ?? null));
}
