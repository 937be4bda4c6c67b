import { z } from "@orchestrate/sdk";

/** What one way to find neighbours took. */
export const BenchmarkRow = z.strictObject({
  traversal: z.string(),
  /** For all queries; the median. */
  milliseconds: z.number().nonnegative(),
  /** Null where it took less than the clock can tell. */
  queries_per_second: z.number().nonnegative().nullable(),
  /** Distances for a query, bounds included. */
  evaluations: z.number().nonnegative(),
  pruned_share: z.number(),
  /**
   * The share of neighbours that agree with the reference scan in row and in every bit of the distance: 1, or there is
   * a fault.
   */
  recall: z.number().min(0).max(1),
});
export type BenchmarkRow = z.infer<typeof BenchmarkRow>;
