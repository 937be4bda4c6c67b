import { StepError, z } from "@orchestrate/sdk";
import { LoadReport } from "./load-report.ts";
import { LoadState } from "./load-state.ts";
import type { Load, Loaded } from "./run-load.ts";

const Memory = z.strictObject({ state: LoadState, report: LoadReport });

/** Under which name a target remembers a load: others may bring rows of sources called alike into the same table. */
export function memoryName({ source, series }: Pick<Load, "source" | "series">): string {
  return `${source.endpoint.label} ${series}`;
}

/** What a target is given to remember of a load, as text. */
export function remembered(loaded: Loaded): string {
  return JSON.stringify(loaded);
}

/**
 * What the target remembers of the last commit of this load; undefined where it has none, or can't remember.
 *
 * @throws StepError `state-unreadable`: going on without it would load everything again.
 */
export async function recallCommit(
  load: Pick<Load, "target" | "source" | "series">,
): Promise<{ readonly token: string; readonly loaded: Loaded } | undefined> {
  const { target, source } = load;
  if (target.writer.commits === "artifact") return undefined;
  const commit = await target.writer.committed(memoryName(load));
  if (commit === undefined) return undefined;
  const parsed = Memory.safeParse(parseJson(commit.memory));
  if (parsed.success) return { token: commit.token, loaded: parsed.data };
  throw new StepError({
    error: "state-unreadable",
    category: "io",
    detail: `What ${target.endpoint.label} remembers of the last load from ${source.endpoint.label} can't be read.`,
    hint: "Restore the table orchestrate_ingest of the target. To load everything anew, delete the load's row there and the table.",
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
