import type { ManifestError } from "@orchestrate/manifests";
import type { OrchestrateError } from "@orchestrate/sdk";
import type { KeptBecause } from "../../core/retention/run-facts.ts";

/** What was deleted of a runs directory, or would be. */
export interface Collection {
  readonly mode: "done" | "dry-run";
  readonly directory: string;
  readonly deleted: readonly string[];
  readonly kept: ReadonlyMap<string, KeptBecause>;
  /** Directories of failed attempts in runs that stay, absolute. */
  readonly leftovers: readonly string[];
  /** The room on disk that came back, or would. */
  readonly bytes: number;
  /** Why some could not be deleted. */
  readonly failures: readonly Failure[];
}

export type Failure = OrchestrateError | ManifestError;
