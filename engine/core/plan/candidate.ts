import type { Digest, OutputRecord } from "@orchestrate/manifests";

/** A committed phase that can stand for another with an equal fingerprint. */
export interface Candidate {
  readonly run: string;
  readonly phase: string;
  readonly key: string | null;
  /** When it was committed, ISO 8601 in UTC; of one that is to be pinned as `committedAfter` tells. */
  readonly committed: string;
  /** Absolute. */
  readonly directory: string;
  readonly fingerprint: Digest;
  /** The digest of its manifest file. */
  readonly manifest: Digest;
  readonly outputs: Readonly<Record<string, OutputRecord>>;
}
