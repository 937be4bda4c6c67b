import { WORK } from "./places";

/** Running counts of what a map has done, by which its bounds are proven. */
@unmanaged
export class Work {
  /** Entries looked at by lookups; an empty place that ends one counts as well. */
  probes: f64;
  /** Entries shifted within a table by insertions and removals. */
  shifts: f64;
  /** Entries moved from a retired table into its successor. */
  moved: f64;
  /** Places of a retired table that were passed in search of entries to move. */
  scanned: f64;
  /** Records looked at by a sweep. */
  swept: f64;
  /** Records that a sweep moved. */
  relocated: f64;
}

export const work = changetype<Work>(WORK);
