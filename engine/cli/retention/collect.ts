import { join } from "node:path";
import { ManifestError } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import type { Retention } from "../../core/retention/decide-retention.ts";
import type { KeptBecause } from "../../core/retention/run-facts.ts";
import { deleteTrees, discardedRuns, discardRun } from "../../io/run-directory/discard-run.ts";
import { roomOnDisk } from "../../io/run-directory/room-on-disk.ts";
import { unbegunRuns } from "../../io/run-directory/unbegun-runs.ts";
import type { Collection, Failure } from "./collection.ts";

/** Tells what would be deleted. */
export function rehearse(directory: string, retention: Retention, leftovers: readonly string[]): Collection {
  const { kept, dispensable } = retention;
  const trees = dispensable.map((run) => join(directory, run));
  return {
    mode: "dry-run",
    directory,
    deleted: dispensable,
    kept,
    leftovers,
    bytes: roomOnDisk([...trees, ...leftovers]),
    failures: [],
  };
}

/**
 * Deletes runs, the oldest first, and leftovers. A run that an engine has begun to drive meanwhile stays, and so does
 * one that can't be deleted, as another user's. What killed engines and collections left goes too.
 */
export async function collect(
  directory: string,
  retention: Retention,
  leftovers: readonly string[],
): Promise<Collection> {
  const rehearsed = rehearse(directory, retention, leftovers);
  const kept = new Map<string, KeptBecause>(retention.kept);
  const deleted: string[] = [];
  const failures: Failure[] = [];
  for (const run of retention.dispensable.toReversed()) {
    const ending = await discardRun(directory, run).catch(asFailure);
    if (ending === "discarded") deleted.unshift(run);
    else if (ending === "in-use") kept.set(run, { reason: "running" });
    else if (ending !== "gone") {
      kept.set(run, { reason: "not-deleted" });
      failures.push(ending);
    }
  }
  failures.push(...deleteTrees([...discardedRuns(directory), ...unbegunRuns(directory, Date.now()), ...leftovers]));
  return { ...rehearsed, mode: "done", deleted, kept, failures };
}

function asFailure(error: unknown): Failure {
  if (error instanceof OrchestrateError || error instanceof ManifestError) return error;
  throw error;
}
