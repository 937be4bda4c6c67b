import { createHash } from "node:crypto";
import { z } from "@orchestrate/sdk";
import type { ColumnType } from "../table/column-type.ts";
import { toMilliseconds } from "../table/instant.ts";
import type { SliceLimits } from "./load-config.ts";

/** A part of the cursor's values: behind `after`, up to `upTo`. Neighbours share a bound, and never a row. */
export const Slice = z.strictObject({
  /** The same for the same place in a plan and the same bounds, so that what is staged is found again. */
  id: z.string(),
  after: z.string().nullable(),
  upTo: z.string(),
});

export type Slice = z.infer<typeof Slice>;

/** What was observed of the rows behind the start. Values are written as text. */
export interface Observed {
  /** undefined where the source can't tell. */
  readonly rows: number | undefined;
  readonly least: string;
  readonly greatest: string;
}

/**
 * Into how many slices the rows are cut: one up to `whole` rows, then by `rows` for each, and in any case so that none
 * spans more than `hours`; at most `most`.
 */
export function countSlices(observed: Observed, type: ColumnType, limits: SliceLimits): number {
  const { rows } = observed;
  const byRows = rows === undefined || rows <= limits.whole ? 1 : Math.max(2, Math.ceil(rows / limits.rows));
  const byTime = limits.hours === null ? 1 : Math.ceil(hoursBetween(observed, type) / limits.hours);
  return Math.min(limits.most, Math.max(byRows, byTime, 1));
}

/**
 * The slices between the start and the last of `bounds`, which are quantiles of the observed values and so follow their
 * distribution. Equal bounds, where one value is frequent, become one.
 */
export function slicesOf(of: SlicesOf, after: string | null, bounds: readonly string[]): readonly Slice[] {
  const distinct = bounds.filter((bound, at) => bound !== bounds[at - 1] && bound !== after);
  return distinct.map((upTo, at) => {
    const from = at === 0 ? after : distinct[at - 1]!;
    return { id: sliceId([of.source, of.column, of.first + at, from, upTo]), after: from, upTo };
  });
}

/** Whose slices they are; `first` is the number of the first of them. */
export interface SlicesOf {
  readonly source: string;
  readonly column: string;
  readonly first: number;
}

function sliceId(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}

function hoursBetween({ least, greatest }: Observed, type: ColumnType): number {
  if (type.type !== "date" && type.type !== "timestamp") return 0;
  return (toMilliseconds(greatest) - toMilliseconds(least)) / 3_600_000;
}
