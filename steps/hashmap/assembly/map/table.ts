import { take } from "./blocks";

export const CHAINING = 0;
export const ROBIN_HOOD = 1;

const MOST_CELLS = 512;
/** Room for the fields of any table. */
const FIELDS: usize = 128;

/**
 * What all tables have. A table is an index over the records of the arena, of a fixed capacity, in one block of memory:
 * it says where the record of a key lies, and holds no key itself. A position is where it keeps an entry, good until
 * the next insertion or removal.
 */
@unmanaged
export class Table {
  kind: i32;
  /** Slots of an open table, buckets of a chained one; a power of two. */
  capacity: i32;
  size: i32;
  /** The next place that is drained. */
  cursor: i32;
  isRetired: i32;
  heatShift: i32;
  /** Entries in each of some equal stretches of the table, 4 bytes each. */
  heat: usize;
  cells: i32;
  /** The length of the longest list; 0 for an open table. */
  longest: i32;
  /** The sum over all entries of how many more than one are looked at to find it. */
  distance: f64;
  /** Of its block, and of all that it allocated. */
  blockBytes: usize;
  bytes: usize;
  /** Where its places begin. */
  places: usize;

  /** Counts an entry that came to a place, or left it. */
  warm(place: i32, change: i32): void {
    const cell = this.heat + ((<usize>(place >>> this.heatShift)) << 2);
    store<i32>(cell, load<i32>(cell) + change);
  }

  /** The place where an entry is at home. */
  home(hash: i32): i32 {
    return hash & (this.capacity - 1);
  }
}

/** A table with room for so many bytes behind its heat cells. */
export function newTable(kind: i32, capacity: i32, bytes: usize): Table {
  const cells = min(capacity, MOST_CELLS);
  const blockBytes = FIELDS + ((<usize>cells) << 2) + bytes;
  const at = take(blockBytes);
  const table = changetype<Table>(at);
  table.kind = kind;
  table.capacity = capacity;
  table.heat = at + FIELDS;
  table.cells = cells;
  table.heatShift = ctz(capacity / cells);
  table.blockBytes = blockBytes;
  table.bytes = blockBytes;
  table.places = table.heat + ((<usize>cells) << 2);
  return table;
}
