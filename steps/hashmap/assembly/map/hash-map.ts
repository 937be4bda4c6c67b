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
 * A map of byte keys to byte values. Records lie in an arena, and a table says where; to grow, to shrink and to become
 * another kind of table are one thing: a new table is made, and every operation moves a bounded number of entries into
 * it. A key stands in exactly one of the two meanwhile, and its value in exactly one record, so that nothing can be
 * stale.
 */
@unmanaged
export class HashMap {
  /** The table that takes new entries, and the one that is drained into it; 0 is none. */
  table: usize;
  retired: usize;
  /** What `seek` found: the key's hash; the table that holds it, 0 where none does; its position there. */
  hash: i32;
  holder: usize;
  position: i32;
  /**
   * Most entries that one operation moves, most records that it looks at in a compaction, and most places that it
   * passes.
   */
  batch: i32;
  steps: i32;
  /** Sizes above and below which, lengths and mean distances above which another table is considered. */
  mostEntries: f64;
  leastEntries: f64;
  longestGroup: i32;
  mostDistance: f64;
  maxDeadRatio: f64;

  put(key: usize, keyLength: i32, value: usize, valueLength: i32): void {
    this.seek(key, keyLength);
    this.write(key, keyLength, value, valueLength);
  }

  /** The address of a key's record, 0 where there is none. */
  get(key: usize, length: i32): i32 {
    return this.seek(key, length) ? addressAt(changetype<Table>(this.holder), this.position) : 0;
  }

  /** Says whether the key was there. */
  delete(key: usize, length: i32): bool {
    if (!this.seek(key, length)) return false;
    this.erase();
    return true;
  }

  /**
   * Looks for a key, with which every operation begins: afterwards `holder` and `position` say where it is. Says
   * whether it is there.
   */
  seek(key: usize, length: i32): bool {
    this.advance();
    const hash = hashOf(key, length);
    this.hash = hash;
    this.holder = this.table;
    this.position = find(this.current(), hash, key, length);
    if (this.position >= 0) return true;
    this.holder = this.retired;
    if (this.retired !== 0) {
      this.position = find(changetype<Table>(this.retired), hash, key, length);
      if (this.position >= 0) return true;
      this.holder = 0;
    }
    return false;
  }

  /** Gives the key that was looked for a value. */
  write(key: usize, keyLength: i32, value: usize, valueLength: i32): void {
    if (this.holder === 0) insert(this.current(), this.hash, arena.write(key, keyLength, value, valueLength));
    else {
      const table = changetype<Table>(this.holder);
      const address = addressAt(table, this.position);
      if (arena.overwrite(address, value, valueLength)) return;
      setAddress(table, this.position, arena.write(key, keyLength, value, valueLength));
      arena.free(address);
    }
    this.maintain();
  }

  /** Removes the key that was found. */
  erase(): void {
    const table = changetype<Table>(this.holder);
    arena.free(addressAt(table, this.position));
    remove(table, this.position);
    this.maintain();
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
