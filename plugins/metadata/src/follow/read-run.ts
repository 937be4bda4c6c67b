import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import {
  type JournalEvent,
  phaseDirectory,
  readPhaseManifest,
  readRunDocument,
  readRunManifest,
} from "@orchestrate/manifests";
import { EmittedRecord, METADATA_KIND } from "@orchestrate/sdk";
import { plainJson } from "../plain-json.ts";
import type { MetadataRecord } from "../record/metadata-record.ts";
import { committedPhase, emittedRecords, endedRun, failedPhase, startedRun, succeededRun } from "./run-records.ts";

type Records = readonly MetadataRecord[];

/**
 * The records that an event of a run's journal stands for, in parts; what they say is read from the manifests it speaks
 * of.
 */
export async function* recordsOf(event: JournalEvent, directory: string): AsyncGenerator<Records> {
  switch (event.type) {
    case "run-started":
      return yield [startedRun(documentIn(directory))];
    case "phase-committed":
      return yield* recordsOfPhase(phaseDirectory(directory, event.phase, event.key));
    case "phase-failed":
      return yield [failedPhase(documentIn(directory), event)];
    case "run-finished":
      if (event.outcome === "succeeded") return yield successIn(directory);
      return yield [endedRun(documentIn(directory), event.outcome, event.time)];
    default:
      return;
  }
}

/** That the run succeeded, where it has a manifest of its own. */
export function successIn(directory: string): readonly MetadataRecord[] {
  const manifest = join(directory, "manifest.json");
  return existsSync(manifest) ? [succeededRun(documentIn(directory), readRunManifest(manifest).manifest)] : [];
}

/** The records of a committed phase, then those that its step emitted: there may be many. */
export async function* recordsOfPhase(directory: string): AsyncGenerator<Records> {
  const read = readPhaseManifest(join(directory, "manifest.json"));
  yield committedPhase(read);
  let count = 0;
  for (const { kind, path } of Object.values(read.manifest.outputs)) {
    if (kind !== METADATA_KIND) continue;
    for await (const emitted of emittedIn(join(directory, path))) {
      yield emittedRecords(read.manifest, emitted, count);
      count += emitted.length;
    }
  }
}

export function documentIn(directory: string) {
  return readRunDocument(join(directory, "run.json")).document;
}

/** Records in one part. */
const PART = 1_000;

/** A line that is no record is left out: any step may give an output that kind. */
async function* emittedIn(file: string): AsyncGenerator<readonly EmittedRecord[]> {
  if (!existsSync(file)) return;
  let part: EmittedRecord[] = [];
  for await (const line of createInterface({ input: createReadStream(file, "utf8"), crlfDelay: Infinity })) {
    const parsed = EmittedRecord.safeParse(plainJson(line));
    if (parsed.success) part.push(parsed.data);
    if (part.length < PART) continue;
    yield part;
    part = [];
  }
  yield part;
}
