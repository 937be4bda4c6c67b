import type { Work } from "./work.ts";

export type TableKind = "chaining" | "robin-hood";

/**
 * An index over the records of an arena, of a fixed capacity: it says where the record of a key lies, and holds no key
 * itself. A map that needs another capacity or kind makes another table and drains this one into it.
 *
 * A position is where a table keeps an entry; it is good until the next insertion or removal.
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
  /** Entries in each of at most 512 equal stretches of the table. */
  readonly heat: Int32Array;
  readonly allocatedBytes: number;

  /** The position of a key, or -1. */
  find(hash: number, source: Uint8Array, start: number, end: number): number;
  address(position: number): number;
  setAddress(position: number, address: number): void;
  /** The position at which an address stands, or -1. */
  locate(hash: number, address: number): number;
  /** Adds an entry whose key is not in the table yet. There must be room. */
  insert(hash: number, address: number): void;
  remove(position: number): void;
  /** Nothing is inserted from now on; removals and draining leave every other entry where a lookup finds it. */
  retire(): void;
  /** Moves at most `entries` into another table, looking at no more than `steps` places; both are counted. */
  drain(target: Table, entries: number, steps: number): void;
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

/** What a table is made with. */
export interface TableParts {
  readonly capacity: number;
  /** Tells whether the record at an address has a key. */
  readonly arena: { matches(address: number, source: Uint8Array, start: number, end: number): boolean };
  /** Where the table counts what it does. */
  readonly work: Work;
}
