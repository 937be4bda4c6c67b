import { type Digest, digestJson } from "@orchestrate/manifests";
import type { Catalog } from "../../core/catalog.ts";
import type { CodeLookups } from "../../io/outside/code-lookups.ts";
import type { RunResult } from "../run-results.ts";

/** What an answer rests on besides what was asked and the files it names, and what is told of it. */
export interface Basis {
  /** The steps that the pipeline uses. */
  readonly steps: readonly string[];
  /** Of their code and that of all providers; see `catalogDigest`. */
  readonly catalog: Digest;
  /** Variables that enter fingerprints, and the digest of their values. */
  readonly env: readonly string[];
  readonly values: Digest;
  /** Variables that have to be set; their values are neither kept nor digested. */
  readonly secrets: readonly string[];
  readonly lookups: CodeLookups;
  readonly runHash: string | null;
  readonly results: readonly RunResult[];
}

/** Equal where every step and provider is of the same code. */
export function catalogDigest({ steps, providers }: Catalog): Digest {
  return digestJson({
    steps: [...steps.values()].map(({ name, plugin, version, code }) => [name, plugin, version, code]),
    providers: [...providers.values()].flatMap((found) =>
      found.map(({ token, name, plugin, version, code }) => [token, name, plugin, version, code]),
    ),
  });
}

/** Of the values that variables have, with those that have none. */
export function valuesDigest(names: readonly string[], variable: (name: string) => string | undefined): Digest {
  return digestJson(names.map((name) => variable(name) ?? null));
}
