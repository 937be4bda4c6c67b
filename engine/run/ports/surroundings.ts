import type { Digest, StatEntry } from "@orchestrate/manifests";
import type { Json } from "../../core/pipeline/pipeline.ts";

/** A file or directory outside the run, as it was digested. */
export interface Source {
  /** Absolute. */
  readonly path: string;
  readonly digest: Digest;
  readonly form: "file" | "directory";
  /** What was written so lately that its times can't tell a later change has NaN for its ctime. */
  readonly stats: readonly StatEntry[];
}

/** Files of the project that count as code. */
export interface ProjectCode {
  /** As the config names them, to absolute path. */
  readonly named: Readonly<Record<string, string>>;
  /** By path relative to the pipeline; a program by `program` and its name. */
  readonly digests: Readonly<Record<string, Digest>>;
  /** All of them as they were digested. */
  readonly sources: readonly Source[];
}

/** The config fields that name code, as the step's contract says. */
export interface CodeNames {
  readonly codeFields: readonly string[];
  readonly programFields: readonly string[];
}

/** The world outside the run directory, as the pipeline speaks of it. */
export interface Surroundings {
  /** See `platformDigest`. */
  readonly platform: Digest;
  /** The pipeline's directory, absolute. */
  readonly project: string;
  /** An environment variable, or undefined where it is not set. */
  variable(name: string): string | undefined;
  /** The source at a path relative to the pipeline; at once where it is known and unchanged. */
  source(path: string): Source | Promise<Source>;
  /** The declared files, the files that the config names, and the programs it runs. */
  projectCode(config: Json, names: CodeNames, declared: readonly string[]): ProjectCode | Promise<ProjectCode>;
  /** Whether an artifact or source is still as recorded. */
  isUnchanged(path: string, stats: readonly StatEntry[]): boolean;
  /** The same, but for what links of its files change. */
  isUnchangedButForLinks(path: string, stats: readonly StatEntry[]): boolean;
}
