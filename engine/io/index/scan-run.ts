import { statSync } from "node:fs";
import { join, relative } from "node:path";
import {
  listPhases,
  ManifestError,
  readPhaseManifest,
  readRunDocument,
  readRunManifest,
  sameStat,
} from "@orchestrate/manifests";
import { pinsOf } from "../../core/plan/committed-after.ts";
import type { RunRow } from "./index-port.ts";
import { unpackStat } from "./packed-stats.ts";
import { type PhaseRow, rowOf } from "./phase-row.ts";

/** What the manifests of a run say that the index does not know yet. */
export interface RunScan {
  readonly row: RunRow;
  readonly added: readonly PhaseRow[];
  /** Ids of rows whose manifest is gone or another one. */
  readonly gone: readonly number[];
}

/** Reads a run directory; undefined where it is none, or its run.json can't be read. */
export function scanRun(runsDir: string, run: string, known: readonly PhaseRow[]): RunScan | undefined {
  const runDir = join(runsDir, run);
  const row = readRun(runDir, run);
  if (row === undefined) return undefined;
  const byPath = new Map(known.map((phase) => [phase.path, phase]));
  const added: PhaseRow[] = [];
  for (const { directory } of listPhases(runDir)) {
    const path = relative(runsDir, directory);
    const stat = statSync(join(directory, "manifest.json"), { throwIfNoEntry: false });
    if (stat === undefined) continue;
    const before = byPath.get(path);
    if (before !== undefined && sameStat(stat, unpackStat(before.record.manifestStat))) {
      byPath.delete(path);
      continue;
    }
    const read = quietly(() => readPhaseManifest(join(directory, "manifest.json")));
    // What the artifacts look like now says nothing of what they were when they were digested.
    if (read !== undefined) added.push(rowOf(path, { ...read, manifestStat: stat, outputs: {} }));
  }
  return { row, added, gone: [...byPath.values()].flatMap(({ id }) => id ?? []) };
}

function readRun(runDir: string, run: string): RunRow | undefined {
  const read = quietly(() => readRunDocument(join(runDir, "run.json")));
  if (read === undefined) return undefined;
  const { pipeline, state, created, previous } = read.document;
  const manifest = quietly(() => readRunManifest(join(runDir, "manifest.json")))?.manifest;
  const complete = manifest !== undefined;
  return { run, pipeline, state, created, complete, runHash: manifest?.run_hash ?? null, pins: pinsOf(previous) };
}

/** Undefined where a record is missing or can't be read: then nothing is there to reuse, and `verify` says why. */
function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ManifestError) return undefined;
    throw error;
  }
}
