import { addressAt, drain, dropTable, find, insert, locate, makeTable, remove, setAddress } from "./any-table";
import { arena } from "./arena";
import { hashOf } from "./hash";
import { consider, swept } from "./host";
import { MAP } from "./places";
import { keyLengthOf } from "./record";
import { sweep } from "./sweep";
import { Table } from "./table";
import { work } from "./work";

/** Fewer dead words than these are not worth a compaction. */
const FEW_WORDS = 1024;

/**
 * A map of byte keys to byte values. Records lie in an arena, and a table says where; to grow, to shrink and to become another
 * kind of table are one thing: a new table is made, and every operation moves a bounded number of entries into it. A key
 * stands in exactly one of the two meanwhile, and its value in exactly one record, so that nothing can be stale.
 */
@unmanaged
export class HashMap {
  /** The table that takes new entries, and the one that is drained into it; 0 is none. */
  table: usize;
  retired: usize;
  /** The position that `tableWith` found, beside the table. */
  position: i32;
  /** Most entries that one operation moves, most records that it looks at in a compaction, and most places that it passes. */
  batch: i32;
  steps: i32;
  /** Sizes above and below which, lengths and mean distances above which another table is considered. */
  mostEntries: f64;
  leastEntries: f64;
  longestGroup: i32;
  mostDistance: f64;
  maxDeadRatio: f64;

  put(key: usize, keyLength: i32, value: usize, valueLength: i32): void {
    this.advance();
    const hash = hashOf(key, keyLength);
    const at = this.tableWith(hash, key, keyLength);
    if (at === 0) {
      insert(this.current(), hash, arena.write(key, keyLength, value, valueLength));
      this.maintain();
      return;
    }
    const table = changetype<Table>(at);
    const position = this.position;
    const address = addressAt(table, position);
    if (arena.overwrite(address, value, valueLength)) return;
    setAddress(table, position, arena.write(key, keyLength, value, valueLength));
    arena.free(address);
    this.maintain();
  }

  /** The address of a key's record, 0 where there is none. */
  get(key: usize, length: i32): i32 {
    this.advance();
    const table = this.tableWith(hashOf(key, length), key, length);
    return table === 0 ? 0 : addressAt(changetype<Table>(table), this.position);
  }

  /** Says whether the key was there. */
  delete(key: usize, length: i32): bool {
    this.advance();
    const at = this.tableWith(hashOf(key, length), key, length);
    if (at === 0) return false;
    const table = changetype<Table>(at);
    arena.free(addressAt(table, this.position));
    remove(table, this.position);
    this.maintain();
    return true;
  }

  /** Retires the present table, and makes a new one. */
  replace(kind: i32, capacity: i32, groups: i32, mostEntries: i32): void {
    const made = makeTable(kind, capacity, groups, mostEntries);
    this.retired = this.table;
    this.table = changetype<usize>(made);
    if (this.retired === 0) return;
    changetype<Table>(this.retired).isRetired = 1;
    this.dropWhenEmpty();
  }

  drainSome(entries: i32, steps: i32): void {
    drain(changetype<Table>(this.retired), this.current(), entries, steps);
    this.dropWhenEmpty();
  }

  sweepSome(records: i32): void {
    for (let looked = 0; looked < records && sweep.isUnderWay; looked++) {
      const address = sweep.step();
      if (address !== 0) relocate(address);
    }
  }

  /** The share of an operation in what is under way. */
  private advance(): void {
    if (this.retired !== 0) this.drainSome(this.batch, this.steps);
    else if (sweep.isUnderWay) {
      this.sweepSome(this.batch);
      if (!sweep.isUnderWay) swept();
    }
  }

  private current(): Table {
    return changetype<Table>(this.table);
  }

  /** The table that holds a key, 0 where there is none. */
  private tableWith(hash: i32, key: usize, length: i32): usize {
    this.position = find(this.current(), hash, key, length);
    if (this.position >= 0) return this.table;
    if (this.retired === 0) return 0;
    this.position = find(changetype<Table>(this.retired), hash, key, length);
    return this.position >= 0 ? this.retired : 0;
  }

  private maintain(): void {
    if (this.retired !== 0) return;
    const table = this.current();
    const isBeyond =
      <f64>table.size > this.mostEntries ||
      <f64>table.size < this.leastEntries ||
      table.longest > this.longestGroup ||
      table.distance > this.mostDistance * <f64>table.size;
    if (isBeyond && consider()) return;
    if (!sweep.isUnderWay && arena.deadWords() >= FEW_WORDS && arena.deadRatio() >= this.maxDeadRatio) {
      sweep.start(this.maxDeadRatio / 2);
    }
  }

  private dropWhenEmpty(): void {
    const table = changetype<Table>(this.retired);
    if (table.size > 0) return;
    this.retired = 0;
    dropTable(table);
  }
}

export const map = changetype<HashMap>(MAP);

/** Moves a record of the arena; whichever table points at it is told. */
function relocate(address: i32): void {
  const record = arena.record(address);
  const hash = hashOf(record + 4, keyLengthOf(load<i32>(record)));
  if (!moved(map.table, hash, address) && map.retired !== 0) moved(map.retired, hash, address);
}

function moved(at: usize, hash: i32, address: i32): bool {
  const table = changetype<Table>(at);
  const position = locate(table, hash, address);
  if (position < 0) return false;
  setAddress(table, position, arena.relocate(address));
  work.relocated += 1;
  return true;
}
