import { existsSync } from "node:fs";
import { basename } from "node:path";
import { type Digest, listPhases, ManifestError, readRunDocument, readRunManifest } from "@orchestrate/manifests";
import { expectedCount } from "./expected-count.ts";
import { type RunOutcome, runOutcome } from "./run-outcome.ts";

/** A run in one line. */
export interface RunOverview {
  readonly run: string;
  readonly directory: string;
  readonly outcome: RunOutcome | "unreadable";
  readonly pipeline: string | null;
  /** ISO 8601, UTC. */
  readonly created: string | null;
  readonly phases: {
    /** Committed phase instances. */
    readonly done: number;
    /** All phase instances of the run; null while a list of them has yet to be made. */
    readonly expected: number | null;
  };
  readonly run_hash: Digest | null;
  /** Why it is unreadable. */
  readonly problem?: string;
}

/** Reads what a list of runs shows of one. A damaged run is told as `unreadable`. */
export function readOverview(directory: string): RunOverview {
  try {
    return read(directory);
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    return {
      run: basename(directory),
      directory,
      outcome: "unreadable",
      pipeline: null,
      created: null,
      phases: { done: 0, expected: null },
      run_hash: null,
      problem: error.detail,
    };
  }
}

function read(directory: string): RunOverview {
  const { document } = readRunDocument(`${directory}/run.json`);
  const outcome = runOutcome(directory);
  const { run, pipeline, created } = document;
  const base = { run, directory, outcome, pipeline, created };
  if (outcome === "succeeded") {
    const { manifest } = readRunManifest(`${directory}/manifest.json`);
    const done = manifest.phases.length;
    return { ...base, phases: { done, expected: done }, run_hash: manifest.run_hash };
  }
  const done = listPhases(directory).filter((phase) => existsSync(`${phase.directory}/manifest.json`)).length;
  return { ...base, phases: { done, expected: expectedCount(directory, document) }, run_hash: null };
}
