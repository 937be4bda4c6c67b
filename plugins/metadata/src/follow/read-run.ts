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
import type { MetadataRecord } from "../record/metadata-record.ts";
import { committedPhase, emittedRecords, endedRun, failedPhase, startedRun, succeededRun } from "./run-records.ts";

/** The records that an event of a run's journal stands for; what they say is read from the manifests it speaks of. */
export async function recordsOf(event: JournalEvent, directory: string): Promise<readonly MetadataRecord[]> {
  switch (event.type) {
    case "run-started":
      return [startedRun(documentIn(directory))];
    case "phase-committed":
      return recordsOfPhase(phaseDirectory(directory, event.phase, event.key));
    case "phase-failed":
      return [failedPhase(documentIn(directory), event)];
    case "run-finished": {
      if (event.outcome === "succeeded") return successIn(directory);
      return [endedRun(documentIn(directory), event.outcome, event.time)];
    }
    default:
      return [];
  }
}

/** That the run succeeded, where it has a manifest of its own. */
export function successIn(directory: string): readonly MetadataRecord[] {
  const manifest = join(directory, "manifest.json");
  return existsSync(manifest) ? [succeededRun(documentIn(directory), readRunManifest(manifest).manifest)] : [];
}

/** The records of a committed phase, with those that its step emitted. */
export async function recordsOfPhase(directory: string): Promise<readonly MetadataRecord[]> {
  const read = readPhaseManifest(join(directory, "manifest.json"));
  const emitted: EmittedRecord[] = [];
  for (const { kind, path } of Object.values(read.manifest.outputs)) {
    if (kind === METADATA_KIND) emitted.push(...(await emittedIn(join(directory, path))));
  }
  return [...committedPhase(read), ...emittedRecords(read.manifest, emitted)];
}

export function documentIn(directory: string) {
  return readRunDocument(join(directory, "run.json")).document;
}

/** A line that is no record is left out: any step may give an output that kind. */
async function emittedIn(file: string): Promise<readonly EmittedRecord[]> {
  if (!existsSync(file)) return [];
  const records: EmittedRecord[] = [];
  for await (const line of createInterface({ input: createReadStream(file, "utf8"), crlfDelay: Infinity })) {
    const parsed = EmittedRecord.safeParse(plain(line));
    if (parsed.success) records.push(parsed.data);
  }
  return records;
}

function plain(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
