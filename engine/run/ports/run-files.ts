import type { Digest, OutputRecord } from "@orchestrate/manifests";
import type { Json } from "../../core/pipeline/pipeline.ts";
import type { Candidate } from "../../core/plan/candidate.ts";

/**
 * How reused artifacts were laid. `linked`: every file is a hard link, whose bytes are as durable as the original's.
 * `mixed`: some are, and so the originals' ctime has changed.
 */
export type Laid = "linked" | "mixed" | "copied";

/** A file to be laid; both paths are absolute, and there is nothing at `to` yet. */
export interface LaidFile {
  readonly from: string;
  readonly to: string;
  /** `link`: reflink, else hard link, else copy. */
  readonly mode: "link" | "copy";
}

/** The files of a run directory. */
export interface RunFiles {
  /** The highest number of an attempt in a phase's directory; 0 where there is none. */
  highestAttempt(phaseDirectory: string): number;
  /** Makes an empty staging directory and gives its path. */
  makeStaging(phaseDirectory: string, attempt: number): string;
  /** Reads a JSON document. @throws OrchestrateError `list-unreadable` (failed) */
  readJson(path: string): Promise<Json>;
  /**
   * Lays a candidate's artifacts into a staging directory: linked or copied.
   *
   * @returns `gone` where an artifact is no longer there.
   */
  materialise(candidate: Candidate, staging: string, mode: "link" | "copy"): Promise<Laid | "gone">;
  /**
   * Lays files into a staging directory, each linked or copied; one that may be written is copied. Tells which was
   * done.
   */
  lay(files: readonly LaidFile[]): readonly ("linked" | "copied")[];
  /**
   * Swaps an artifact into a place outside, atomically.
   *
   * @param isHeld whether a run holds bytes of this digest, so that they may go from there.
   * @throws OrchestrateError `publish-refused` (policy)
   */
  publish(
    artifact: string,
    output: OutputRecord,
    to: string,
    isHeld: (digest: Digest) => Promise<boolean>,
  ): Promise<void>;
}
