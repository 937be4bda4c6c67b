import type { SizedDigest } from "../digest/digest-file.ts";
import type { StatEntry, StatRecord } from "../digest/stat-record.ts";
import type { Digest } from "../schema/digest.ts";
import type { OutputRecord, PhaseManifest } from "../schema/phase-manifest.ts";
import type { CommitPoint } from "./commit-point.ts";

/** `strict`: fsync before every rename that relies on it. `relaxed`: the same order without fsync. */
export type Durability = PhaseManifest["durability"];

export interface DeclaredOutput {
  /** POSIX, relative to the attempt's staging directory. */
  readonly path: string;
  readonly kind: string;
  readonly form: OutputRecord["form"];
  readonly optional: boolean;
}

/** What is known of a file or output before it is read. */
export interface KnownBytes extends SizedDigest {
  /** The bytes are on disk already, as those of a hard link to an artifact that a strict run committed. */
  readonly bytes?: "durable";
}

export interface CommitRequest {
  /** The phase instance's directory, in which `attempt-<attempt>` is the staging directory. */
  readonly phaseDir: string;
  readonly attempt: number;
  readonly outputs: Readonly<Record<string, DeclaredOutput>>;
  /** The record but for what the commit finds out; its `durability` and `attempt` are those given here. */
  readonly manifest: Omit<PhaseManifest, "outputs" | "finished">;
  /** The time as ISO 8601 in UTC; called just before the manifest is written. */
  readonly finished: () => string;
  readonly durability: Durability;
  /**
   * `nothing`: the process has nothing else to do, and may wait for the disk without turning to it. `others` where left
   * out.
   */
  readonly beside?: () => "nothing" | "others";
  /** Outputs whose digest is known, as those linked from another run: neither digested again nor changed. */
  readonly reusedDigests?: Readonly<Record<string, KnownBytes>>;
  /**
   * Files of outputs whose digest is known, as those carried over from an input, by their path below the staging
   * directory. Not digested again.
   */
  readonly carried?: Readonly<Record<string, KnownBytes>>;
  /** Called before the action that reaches a point; for tests that kill the process there. */
  readonly beforePoint?: (point: CommitPoint) => void;
}

export interface CommittedPhase {
  readonly manifest: PhaseManifest;
  /** Of the manifest file. */
  readonly digest: Digest;
  /** By output name; of a directory, the entry `.` and one for each entry below it. */
  readonly outputs: Readonly<Record<string, readonly StatEntry[]>>;
  readonly manifestStat: StatRecord;
  /** What else lay in staging and was deleted, POSIX and relative; a directory ends in `/`. */
  readonly extras: readonly string[];
}
