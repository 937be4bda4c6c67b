import { z } from "@orchestrate/sdk";
import { DriftPolicy } from "../guard/drift.ts";
import { PrecisionGuard } from "../guard/precision.ts";

const column = z.string().min(1);
const columns = z.array(column).refine(isDistinct, "names a column twice");
const lag = z.number().int().min(0).default(0);

/** How a load learns of what has changed since the last one. */
export const Changes = z.discriminatedUnion("mode", [
  /** It reads everything, every time. */
  z.strictObject({ mode: z.literal("full") }),
  /**
   * A column grows with every change. Rows that come later than `lag` are missed by definition, deletions are not seen.
   */
  z.strictObject({ mode: z.literal("cursor"), column, /** Seconds for times, units for numbers. */ lag }),
  /** As `cursor`; a second column marks rows that are deleted. */
  z.strictObject({
    mode: z.literal("cursor+tombstone"),
    column,
    lag,
    /** A row is deleted where this is neither null, nor false, nor 0. */
    tombstone: column,
  }),
  /** As `cursor`, and then all keys are compared: deleted and late rows are found as well. */
  z.strictObject({ mode: z.literal("cursor+key-sweep"), column, lag }),
  /** The source is an ordered log of changes, each with the whole row. */
  z.strictObject({
    mode: z.literal("changelog"),
    /** The column that grows with every entry. */
    sequence: column,
    /** The column that says what happened. */
    operation: column,
    /** What it says of a deletion. */
    deletes: z.array(z.string()).min(1).default(["d", "D", "delete", "DELETE"]),
  }),
]);

export type Changes = z.infer<typeof Changes>;

/** When a load is cut into slices. */
export const SliceLimits = z.strictObject({
  /** Up to so many rows are one slice. */
  whole: z.number().int().positive().default(10_000_000),
  /** Rows of a slice, where there are more. */
  rows: z.number().int().positive().default(1_000_000),
  /** Most hours that a slice of times spans; null for no limit. */
  hours: z.number().positive().nullable().default(null),
  /** Most slices. */
  most: z.number().int().positive().default(24),
});

export type SliceLimits = z.infer<typeof SliceLimits>;

export const LoadConfig = z
  .strictObject({
    changes: Changes,
    strategy: z.enum(["full", "append", "scd1", "scd2"]),
    /** The columns that tell rows apart; those that the source declares where it is left out. */
    key: columns.default([]),
    /** The columns to load; all where it is left out. */
    columns: columns.min(1).optional(),
    slices: SliceLimits.prefault({}),
    drift: DriftPolicy.prefault({}),
    precision: PrecisionGuard.optional(),
  })
  .superRefine(({ changes, strategy }, context) => {
    const problem = unsuitable(changes, strategy);
    if (problem !== undefined) context.addIssue({ code: "custom", path: ["strategy"], message: problem });
  });

export type LoadConfig = z.infer<typeof LoadConfig>;

/** Names of columns differ by more than case. */
function isDistinct(names: readonly string[]): boolean {
  return new Set(names.map((name) => name.toLowerCase())).size === names.length;
}

function unsuitable(changes: Changes, strategy: LoadConfig["strategy"]): string | undefined {
  const isFull = changes.mode === "full";
  if (strategy === "full" && !isFull) return `"full" replaces all rows, and so needs changes.mode "full"`;
  if (strategy === "append" && changes.mode !== "cursor")
    return `"append" adds what is behind a cursor: it needs changes.mode "cursor"`;
  if (strategy === "scd2" && isFull) return `"scd2" needs to know when rows changed: changes.mode "full" can't tell`;
  return undefined;
}
