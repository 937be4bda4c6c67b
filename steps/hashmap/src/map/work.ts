/** Running counts of what a map has done, by which its bounds are proven (`assembly/map/work.ts`). */
export interface Work {
  /** Entries looked at by lookups; an empty place that ends one counts as well. */
  readonly probes: number;
  /** Entries shifted within a table by insertions and removals. */
  readonly shifts: number;
  /** Entries moved from a retired table into its successor. */
  readonly moved: number;
  /** Places of a retired table that were passed in search of entries to move. */
  readonly scanned: number;
  /** Records looked at by a sweep. */
  readonly swept: number;
  /** Records that a sweep moved. */
  readonly relocated: number;
}
