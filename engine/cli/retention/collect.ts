import { join } from "node:path";
import type { Retention } from "../../core/retention/decide-retention.ts";
import type { KeptBecause } from "../../core/retention/run-facts.ts";
import { deleteRest, deleteRun, deleteTree } from "../../io/run-directory/delete-run.ts";
import { roomOnDisk } from "../../io/run-directory/room-on-disk.ts";
import type { Collection } from "./collection.ts";

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
  };
}

/** Deletes runs, the oldest first, and leftovers. A run that an engine has begun to drive meanwhile stays. */
export async function collect(
  directory: string,
  retention: Retention,
  leftovers: readonly string[],
): Promise<Collection> {
  const rehearsed = rehearse(directory, retention, leftovers);
  deleteRest(directory);
  const kept = new Map<string, KeptBecause>(retention.kept);
  const deleted: string[] = [];
  for (const run of retention.dispensable.toReversed()) {
    if ((await deleteRun(directory, run)) === "deleted") deleted.unshift(run);
    else kept.set(run, { reason: "running" });
  }
  for (const leftover of leftovers) deleteTree(leftover);
  return { ...rehearsed, mode: "done", deleted, kept };
}
