import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type JournalEvent,
  listPhases,
  type PhaseManifest,
  readPhaseManifest,
  readRunManifest,
} from "@orchestrate/manifests";
import type { Ended } from "./engine.ts";

/** What `--json` prints at the end of a run. */
export interface Result {
  readonly run: string;
  readonly directory: string;
  readonly outcome: string;
  readonly run_hash: string | null;
  readonly results: readonly { readonly phase: string; readonly output: string; readonly path: string }[];
  readonly failures: readonly { readonly id: string; readonly error: Envelope }[];
}

export interface Envelope {
  readonly error: string;
  readonly detail: string;
  readonly hint: string;
}

/** The result that a command printed with --json. */
export function resultOf({ stdout, stderr }: Ended): Result {
  const line = stdout
    .trim()
    .split("\n")
    .findLast((text) => text.startsWith('{"type":"result"'));
  if (line === undefined) throw new Error(`no result in ${stdout}${stderr}`);
  return JSON.parse(line) as Result;
}

/** The envelope that a command printed with --json. */
export function errorOf({ stdout, stderr }: Ended): Envelope {
  const line = stderr
    .trim()
    .split("\n")
    .findLast((text) => text.startsWith('{"error"'));
  if (line === undefined) throw new Error(`no error in ${stdout}${stderr}`);
  return JSON.parse(line) as Envelope;
}

/** A run's journal; a last line that a kill cut short is left out. */
export function eventsOf(runDirectory: string): readonly JournalEvent[] {
  return readFileSync(join(runDirectory, "events.ndjson"), "utf8")
    .split("\n")
    .filter((line) => line.endsWith("}"))
    .map((line) => JSON.parse(line) as JournalEvent);
}

/** The manifests of all committed phases, by `phase` or `phase[key]`. */
export function manifestsOf(runDirectory: string): Readonly<Record<string, PhaseManifest>> {
  return Object.fromEntries(
    committedPhases(runDirectory).map((directory) => {
      const { manifest } = readPhaseManifest(join(directory, "manifest.json"));
      return [manifest.key === null ? manifest.phase : `${manifest.phase}[${manifest.key}]`, manifest];
    }),
  );
}

function committedPhases(runDirectory: string): readonly string[] {
  return listPhases(runDirectory).flatMap(({ directory }) => {
    try {
      readFileSync(join(directory, "manifest.json"));
      return [directory];
    } catch {
      return [];
    }
  });
}

/** What a run came to: its hash, and every artifact's digest. */
export function outcomeOf(runDirectory: string): { readonly hash: string; readonly digests: object } {
  const { manifest } = readRunManifest(join(runDirectory, "manifest.json"));
  return { hash: manifest.run_hash, digests: manifest.phases.map(({ phase, key, outputs }) => [phase, key, outputs]) };
}
