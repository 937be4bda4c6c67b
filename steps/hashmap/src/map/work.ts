/** Running counts of what a map has done, by which its bounds are proven. */
export class Work {
  /** Entries looked at by lookups; an empty place that ends one counts as well. */
  probes = 0;
  /** Entries shifted within a table by insertions and removals. */
  shifts = 0;
  /** Entries moved from a retired table into its successor. */
  moved = 0;
  /** Places of a retired table that were passed in search of entries to move. */
  scanned = 0;
  /** Records looked at by a sweep. */
  swept = 0;
  /** Records that a sweep moved. */
  relocated = 0;
}
