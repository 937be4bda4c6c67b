/** What the compiled code calls them, by number. */
export const TABLE_KINDS = ["chaining", "robin-hood"] as const;
export type TableKind = (typeof TABLE_KINDS)[number];

/**
 * What can be seen of a table: an index over the records of an arena, of a fixed capacity, which says where the record
 * of a key lies (`assembly/map/table.ts`). Everything is as it stands when it is asked for.
 */
export interface Table {
  readonly kind: TableKind;
  /** Slots of an open table, buckets of a chained one; a power of two. */
  readonly capacity: number;
  /** Entries. */
  readonly size: number;
  /** How many more entries than one are looked at, on average, to find an entry. Kept, not estimated. */
  readonly averageDistance: number;
  /** The length of the longest list; 0 for an open table. */
  readonly longestGroup: number;
  /** The share of places whose entry has left while the table is drained. */
  readonly tombstoneRatio: number;
  /** Entries in each of at most 512 equal stretches of the table; a copy. */
  readonly heat: Int32Array;
  readonly allocatedBytes: number;

  /** The places that a lookup of a hash may look at, up to where it ends. */
  path(hash: number): Iterable<PathStep>;
  /** Every address with its hash, in the table's own order. */
  entries(): Iterable<{ readonly hash: number; readonly address: number }>;
  /** Every way in which the table is not as it should be. `hash` gives the hash of the key at an address. */
  faults(hash: (address: number) => number): string[];
}

/** A place on the path of a lookup. */
export interface PathStep {
  /** The slot, or the node of a list. */
  readonly slot: number;
  /** 0 where nobody stands there. */
  readonly address: number;
  readonly hash: number;
  /** Where that entry would stand if nobody stood in its way: a slot, or a bucket. */
  readonly home: number;
}
