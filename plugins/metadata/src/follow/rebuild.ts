import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type JournalEvent, listPhases } from "@orchestrate/manifests";
import type { Emitter, Receipt } from "../gateway.ts";
import { emitInHalves } from "../outbox/emit-in-halves.ts";
import { plainJson } from "../plain-json.ts";
import type { MetadataRecord } from "../record/metadata-record.ts";
import { documentIn, recordsOf, recordsOfPhase, successIn } from "./read-run.ts";
import { startedRun } from "./run-records.ts";

/** What came of a rebuild. */
export interface Rebuilt extends Receipt {
  readonly runs: number;
  /** What could not be read, each with the reason. */
  readonly unreadable: readonly string[];
  /** The keys of records that the gateway does not take, each with the reason. */
  readonly refused: readonly string[];
}

/** Records in one batch. */
const BATCH = 1_000;

/**
 * Gives a gateway every record that the runs of a directory can tell, from their manifests; failures from their
 * journals. What it has already it leaves as it is, and what it refuses keeps nothing else from it.
 */
export async function rebuild(runsDirectory: string, gateway: Emitter): Promise<Rebuilt> {
  const unreadable: string[] = [];
  const refused: string[] = [];
  const runs = runDirectories(runsDirectory);
  const sum = { stored: 0, known: 0, expired: 0 };
  let batch: MetadataRecord[] = [];
  const emit = async (part: readonly MetadataRecord[]) => {
    const { stored, known, expired } = await gateway.emitMany(part);
    sum.stored += stored;
    sum.known += known;
    sum.expired += expired;
  };
  const flush = async () => {
    await emitInHalves(batch, emit, ({ key }, { detail }) => refused.push(`${key}: ${detail}`));
    batch = [];
  };
  for (const directory of runs) {
    for await (const records of recordsIn(directory, unreadable)) {
      batch.push(...records);
      if (batch.length >= BATCH) await flush();
    }
  }
  await flush();
  return { runs: runs.length, ...sum, unreadable, refused };
}

function runDirectories(runsDirectory: string): readonly string[] {
  if (!existsSync(runsDirectory)) return [];
  return readdirSync(runsDirectory)
    .filter((name) => !name.startsWith("."))
    .sort()
    .map((name) => join(runsDirectory, name))
    .filter((directory) => existsSync(join(directory, "run.json")));
}

type Records = readonly MetadataRecord[];

async function* recordsIn(directory: string, unreadable: string[]): AsyncGenerator<Records> {
  for (const source of sourcesIn(directory)) {
    try {
      yield* source();
    } catch (error) {
      unreadable.push(error instanceof Error ? error.message : String(error));
    }
  }
}

/** All that a run directory can tell, each to be read by itself, so that one that can't be read hides no other. */
function sourcesIn(directory: string): readonly (() => AsyncIterable<Records> | Iterable<Records>)[] {
  return [
    () => [[startedRun(documentIn(directory))]],
    ...listPhases(directory)
      .filter(({ directory: phase }) => existsSync(join(phase, "manifest.json")))
      .map(
        ({ directory: phase }) =>
          () =>
            recordsOfPhase(phase),
      ),
    ...failuresIn(directory).map((event) => () => recordsOf(event, directory)),
    () => [successIn(directory)],
  ];
}

/** Failures leave no manifest: what is known of them stands in the journal. */
function failuresIn(directory: string): readonly JournalEvent[] {
  const journal = join(directory, "events.ndjson");
  if (!existsSync(journal)) return [];
  return readFileSync(journal, "utf8")
    .split("\n")
    .map((line) => plainJson(line) as JournalEvent | null | undefined)
    .filter((event) => event !== null && event !== undefined)
    .filter(
      (event) => event.type === "phase-failed" || (event.type === "run-finished" && event.outcome !== "succeeded"),
    );
}
