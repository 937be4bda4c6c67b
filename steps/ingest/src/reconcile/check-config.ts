import { z } from "@orchestrate/sdk";

const column = z.string().min(1);

const shared = {
  /** What it is called in results and history; its type where it is left out. */
  name: z.string().min(1).optional(),
  enabled: z.boolean().default(true),
  /** Rows that count, as a condition in SQL that both sides understand. */
  filter: z.string().min(1).optional(),
  /** What an overstepped threshold gives. */
  severity: z.enum(["fail", "warn"]).default("fail"),
  /** How much the sides may differ; a difference must keep to each that is given, and be none where none is. */
  threshold: z
    .strictObject({ absolute: z.number().min(0).optional(), percent: z.number().min(0).optional() })
    .default({}),
};

/** One thing that is compared. */
export const CheckConfig = z.discriminatedUnion("type", [
  /** How many rows there are; against its own history as well, where `variability` is given. */
  z.strictObject({
    type: z.literal("row_count"),
    ...shared,
    variability: z
      .strictObject({
        /** Over how many runs before. */
        lookback: z.number().int().min(2).max(1000).default(7),
        /** How many standard deviations from their mean are usual. */
        deviations: z.number().positive().default(3),
      })
      .optional(),
  }),
  /** How many rows there are of each set of values. */
  z.strictObject({ type: z.literal("grouped_count"), ...shared, groupBy: z.array(column).min(1) }),
  /** Keys that stand in more than one row, or are null, on either side. */
  z.strictObject({ type: z.literal("key_uniqueness"), ...shared }),
  /** Sums, bounds and counts of columns. */
  z.strictObject({
    type: z.literal("aggregates"),
    ...shared,
    columns: z.array(column).min(1),
    functions: z
      .array(z.enum(["sum", "min", "max", "nulls", "distinct"]))
      .min(1)
      .default(["sum", "min", "max", "nulls"]),
  }),
  /** Number and sum of hashes of all rows, whatever their order. */
  z.strictObject({ type: z.literal("checksum"), ...shared, columns: z.array(column).min(1).optional() }),
  /** Which rows differ, found by halving where the checksums of parts differ. */
  z.strictObject({
    type: z.literal("differences"),
    ...shared,
    columns: z.array(column).min(1).optional(),
    /** Up to so many rows of a part are compared one by one. */
    leaf: z.number().int().positive().default(10_000),
    /** After so many differences no more are looked for. */
    most: z.number().int().positive().default(10_000),
  }),
]);

export type CheckConfig = z.infer<typeof CheckConfig>;

/** What a check is called. */
export function checkName({ name, type }: CheckConfig): string {
  return name ?? type;
}
