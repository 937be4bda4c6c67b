import type { Digest, StatEntry } from "@orchestrate/manifests";
import type { Json } from "../../core/pipeline/pipeline.ts";
import type { Platform } from "../../core/plan/fingerprint.ts";

/** A file or directory outside the run, as it was digested. */
export interface Source {
  /** Absolute. */
  readonly path: string;
  readonly digest: Digest;
  readonly form: "file" | "directory";
  readonly stats: readonly StatEntry[];
}

/** Files of the project that count as code. */
export interface ProjectCode {
  /** As the config names them, to absolute path. */
  readonly named: Readonly<Record<string, string>>;
  /** By path relative to the pipeline. */
  readonly digests: Readonly<Record<string, Digest>>;
}

/** The world outside the run directory, as the pipeline speaks of it. */
export interface Surroundings {
  readonly platform: Platform;
  /** An environment variable, or undefined where it is not set. */
  variable(name: string): string | undefined;
  /** The source at a path relative to the pipeline; at once where it is known and unchanged. */
  source(path: string): Source | Promise<Source>;
  /** The declared files and those that the config names in its `codeFields`. */
  projectCode(
    config: Json,
    codeFields: readonly string[],
    declared: readonly string[],
  ): ProjectCode | Promise<ProjectCode>;
  /** Whether an artifact or source is still as recorded. */
  isUnchanged(path: string, stats: readonly StatEntry[]): boolean;
}
