import { join } from "node:path";
import { readRunManifest } from "@orchestrate/manifests";
import { NdjsonJournal } from "../io/run-directory/ndjson-journal.ts";
import { acquireLock } from "../io/run-directory/run-lock.ts";
import type { ChosenFollower } from "./choose-followers.ts";
import { readLastEvent } from "./records/read-journal.ts";
import { type RunToFollow, startFollowers } from "./start-followers.ts";

/** A complete run, and who follows it. */
export interface RunToTell extends RunToFollow {
  readonly followers: readonly ChosenFollower[];
}

/**
 * Tells the end of a complete run whose engine was killed before that stood in the journal: the run's lock is held.
 * What followed it may be gone with that engine, so it is followed anew. Gives what went wrong with that.
 */
export async function tellEnd({ followers, ...run }: RunToTell): Promise<readonly string[]> {
  if (isEndTold(run)) return [];
  const { manifest } = readRunManifest(join(run.directory, "manifest.json"));
  const journal = new NdjsonJournal({
    path: join(run.directory, "events.ndjson"),
    now: () => Date.parse(manifest.finished),
    follow: () => {},
    beforePoint: () => {},
  });
  try {
    const following = await startFollowers(followers, run);
    journal.append({ type: "run-finished", outcome: "succeeded", run_hash: manifest.run_hash });
    return await following.end();
  } finally {
    journal.close();
  }
}

/** `tellEnd` for a run whose lock is not held. Whoever holds it tells the end. */
export async function lockAndTellEnd(run: RunToTell): Promise<readonly string[]> {
  if (isEndTold(run)) return [];
  const lock = await acquireLock(join(run.directory, "run.lock"), `The run ${run.run}`).catch(() => undefined);
  if (lock === undefined) return [];
  try {
    return await tellEnd(run);
  } finally {
    lock.release();
  }
}

function isEndTold({ directory }: RunToFollow): boolean {
  const last = readLastEvent(directory);
  return last?.type === "run-finished" && last.outcome === "succeeded";
}
