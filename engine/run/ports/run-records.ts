import type { CommittedPhase, Digest } from "@orchestrate/manifests";
import type { Candidate } from "../../core/plan/candidate.ts";

/** What earlier runs left to reuse: a memory of their manifests, never believed without them. */
export interface RunRecords {
  /**
   * The first committed phase with this fingerprint whose manifest and artifacts are still as they were; later where
   * they have to be digested.
   */
  find(fingerprint: Digest): Candidate | undefined | Promise<Candidate | undefined>;
  /** A committed phase that has an output with this digest, and whose artifacts are still as they were. */
  holding(output: Digest): Candidate | undefined | Promise<Candidate | undefined>;
  /** Remembers a phase that was committed just now. `directory` is its directory, absolute. */
  committed(directory: string, phase: CommittedPhase, durationMs: number): void;
  /**
   * Takes note that the engine itself linked files of a phase, which changes their ctime and nothing else. `directory`
   * is the phase's, absolute.
   */
  linked(directory: string): void;
}
