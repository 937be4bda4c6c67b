import type { CommittedPhase, Digest } from "@orchestrate/manifests";
import type { Candidate } from "../../core/plan/candidate.ts";
import type { Pins } from "../../core/plan/committed-after.ts";
import type { CodeCache } from "../code/digest-code.ts";
import type { HeldRequest } from "./held-requests.ts";
import type { Look } from "./looks.ts";

/** A config as its step's schema parsed it: its RFC 8785 JSON, and the digest of that. */
export interface KnownConfig {
  readonly json: string;
  readonly digest: Digest;
}

/** A run, as the index knows it. */
export interface RunRow {
  readonly run: string;
  readonly pipeline: string;
  readonly state: string | null;
  /** ISO 8601, UTC. */
  readonly created: string;
  /** Whether the run's own manifest is in place. */
  readonly complete: boolean;
  readonly runHash: Digest | null;
  readonly pins: Pins;
}

/** Which committed phase a `previous` input asks for. */
export interface PreviousQuery {
  readonly pipeline: string;
  readonly state: string | null;
  readonly phase: string;
}

/**
 * A memory of what lies under a runs directory and of what was digested: everything in it can be had again from the
 * files, and nothing in it is believed without them. Writes are kept in memory until `flush`; reads see them at once.
 */
export interface Index extends CodeCache {
  /** A step's or provider's contract by code digest, as plain JSON. */
  contract(code: Digest): unknown;
  putContract(code: Digest, contract: unknown): void;
  /** @param raw the config as it was written, as JSON text. */
  config(code: Digest, raw: string): KnownConfig | undefined;
  putConfig(code: Digest, raw: string, config: KnownConfig): void;

  /**
   * What is kept of a source by its absolute path, which may be an artifact of a candidate that was given out;
   * `knownSource` and `digestSource` are what to call.
   */
  source(path: string): KnownSource | undefined;
  putSource(path: string, source: KnownSource): void;

  /** Reads all phases of one run at once, so that `find` need not ask for each. */
  loadRun(run: string): void;
  /**
   * The first committed phase with this fingerprint that is still as it was: at once where size, times and inodes of
   * its manifest and artifacts say so, else after its artifacts are digested again.
   */
  find(fingerprint: Digest): Candidate | undefined | Promise<Candidate | undefined>;
  /** The phases of a run that are still as they were; checked as `find` does. */
  phasesOf(run: string): Promise<readonly Candidate[]>;
  /** The phases of a run that look as they did when they were digested, which none is for this. */
  unchangedOf(run: string): readonly Candidate[];
  /**
   * The last committed instance of a phase of a pipeline, in any run, as `committedAfter` tells; checked as `find`
   * does.
   */
  previous(query: PreviousQuery): Candidate | undefined | Promise<Candidate | undefined>;
  /** The first committed phase that has an output with this digest; checked as `find` does. */
  holding(output: Digest): Candidate | undefined | Promise<Candidate | undefined>;
  /** Remembers a phase that was committed just now. `directory` is the phase's, absolute. */
  committed(directory: string, phase: CommittedPhase, durationMs: number): void;
  /**
   * Takes note that the engine itself linked files of a phase that was given out or committed just now, or deleted such
   * links, which changes their ctime and nothing else. `directory` is the phase's, absolute.
   */
  linked(directory: string): void;

  /** What the manifest and artifacts of a candidate that was given out look like; undefined where not all is known. */
  looks(candidate: Candidate): readonly Look[] | undefined;
  /** Remembers a request that a complete run holds, by the request's digest, for `heldRequest`. */
  putHeld(request: string, held: HeldRequest): void;

  /** Remembers a run: when it begins, and again once it is complete and all its phases were told by `committed`. */
  recordRun(run: RunRow): void;
  /** All runs, the newest first. */
  runs(): readonly RunRow[];
  /** The newest complete run of a pipeline and state. */
  newestComplete(pipeline: string, state: string | null): string | undefined;
  /** Phase name to the milliseconds that its last computed instance took. */
  durations(pipeline: string): ReadonlyMap<string, number>;

  /** Makes it agree with the runs that are there now, as when it was opened. */
  refresh(): void;
  /** Writes what is pending, in one transaction. What can't be written now stays pending; nothing depends on it. */
  flush(): void;
  /** Flushes and closes. */
  close(): void;
}

/** What is kept of a source: the digest, and what the file or tree looked like then. */
export interface KnownSource {
  readonly digest: Digest;
  readonly form: "file" | "directory";
  readonly stats: readonly PackedEntry[];
}

/** Path, size, mtime, ctime and inode of one entry, and its digest where that is kept; times in milliseconds. */
export type PackedEntry = readonly [
  path: string,
  size: number,
  mtimeMs: number,
  ctimeMs: number,
  ino: number,
  digest?: Digest,
];
