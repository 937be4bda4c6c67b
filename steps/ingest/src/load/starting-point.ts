import { StepError } from "@orchestrate/sdk";
import type { TableSchema } from "../table/table-schema.ts";
import type { Changes } from "./load-config.ts";
import { type LoadState, refuseForeignState } from "./load-state.ts";
import type { Load } from "./run-load.ts";

/** From where a load goes on: state and target, both there or both not. */
export interface StartingPoint {
  readonly state: LoadState | undefined;
  /** The target as it is. */
  readonly found: TableSchema | undefined;
}

/**
 * The starting point. A target that can tell is believed before the state that is wired, which may be older.
 *
 * @throws StepError `state-of-another`, or `state-diverged` where state and target can't belong together: to go on
 * would leave a gap, and to start anew would be a silent restart.
 */
export function startingPoint(
  load: Load,
  committed: LoadState | undefined,
  found: TableSchema | undefined,
): StartingPoint {
  const { source, target, state: wired } = load;
  const canTell = target.writer.commits === "transaction";
  const state = committed ?? wired;
  const [from, to] = [source.endpoint.label, target.endpoint.label];
  if (state !== undefined) {
    refuseForeignState(state, { source: from, target: to, cursor: cursorOf(load.config.changes) });
  }
  if (canTell && committed === undefined && wired !== undefined) {
    throw diverged(`An earlier run has loaded ${from} into ${to}, which remembers nothing of it.`);
  }
  if (state?.watermark && found === undefined) {
    throw diverged(
      `The state says that ${from} was loaded up to ${state.watermark.value}, and the table ${to} is not there.`,
    );
  }
  if (!canTell && found !== undefined && state === undefined && load.config.strategy !== "full") {
    throw diverged(`A table is wired to go on with, and no state.`);
  }
  return { state, found };
}

/** The column by which a load goes on; undefined where it reads everything. */
export function cursorOf(changes: Changes): string | undefined {
  switch (changes.mode) {
    case "full":
      return undefined;
    case "changelog":
      return changes.sequence;
    case "cursor":
    case "cursor+tombstone":
    case "cursor+key-sweep":
      return changes.column;
    default:
      return changes satisfies never;
  }
}

function diverged(detail: string): StepError {
  return new StepError({
    error: "state-diverged",
    category: "input",
    detail,
    hint: "Restore what is missing. To load everything anew, drop the target and give the load a new state: rename its phase or set the pipeline's state.",
  });
}
