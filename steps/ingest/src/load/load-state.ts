import { json, StepError, z } from "@orchestrate/sdk";
import { TableSchema } from "../table/table-schema.ts";
import { Watermark } from "./watermark.ts";

/** What a load leaves for the next one. */
export const LoadState = z.strictObject({
  schema: z.literal("orchestrate.ingest-state/1"),
  source: z.string(),
  target: z.string(),
  /** The columns by which it learns of changes and goes on; null for a load that reads everything. */
  watermark: Watermark.nullable(),
  /** The source's schema as it was seen, the snapshot with which drift is measured. */
  table: TableSchema,
});

export type LoadState = z.infer<typeof LoadState>;

export const stateArtifact = json("state.json", LoadState, { kind: "ingest/state" });

/** @throws StepError `state-of-another` where a state belongs to another load than this. */
export function refuseForeignState(
  state: LoadState,
  load: { readonly source: string; readonly target: string; readonly cursor: string | undefined },
): void {
  const cursor = state.watermark?.column;
  const differences = [
    ...(state.source === load.source ? [] : [`its source is ${state.source}, not ${load.source}`]),
    ...(state.target === load.target ? [] : [`its target is ${state.target}, not ${load.target}`]),
    ...(cursor === undefined || cursor === load.cursor
      ? []
      : [`its cursor is ${cursor}, not ${load.cursor ?? "none"}`]),
  ];
  if (differences.length === 0) return;
  throw new StepError({
    error: "state-of-another",
    category: "input",
    detail: `The state of the last load is that of another: ${differences.join("; ")}.`,
    hint: "Give the changed load a state of its own: rename its phase or set the pipeline's state.",
  });
}
