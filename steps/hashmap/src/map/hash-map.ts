import { Arena } from "./arena.ts";
import type { Hash } from "./hash.ts";
import { liveRecords } from "./live-records.ts";
import type { MapEvent } from "./map-event.ts";
import { faultsOf } from "./map-faults.ts";
import type { MapOptions } from "./map-options.ts";
import { newTable } from "./new-table.ts";
import { maxLoad, nextTable, STEPS, type TableChange } from "./policy.ts";
import { Sweep } from "./sweep.ts";
import type { Table, TableKind } from "./table.ts";
import { Work } from "./work.ts";

/** Fewer dead words than these are not worth a compaction. */
const FEW_WORDS = 1024;

/**
 * A map of byte keys to byte values. Records lie in an arena, and a table says where; to grow, to shrink and to become another
 * kind of table are one thing: a new table is made, and every operation moves a bounded number of entries into it. A key
 * stands in exactly one of the two meanwhile, and its value in exactly one record, so that nothing can be stale.
 *
 * Keys and values are given as ranges of bytes, so that none needs an object; `put`, `get` and `delete` take whole arrays.
 */
export class HashMap {
  /** Running counts, by which the bounds are proven. */
  readonly work = new Work();
  readonly #options: MapOptions;
  readonly #hash: Hash;
  #tell: (event: MapEvent) => void = () => {};
  #arena = new Arena();
  #table: Table;
  #retired: Table | undefined;
  #sweep: Sweep | undefined;
  readonly #departures: Record<TableKind, number> = { chaining: Infinity, "robin-hood": Infinity };

  constructor(options: MapOptions, hash: Hash) {
    this.#options = options;
    this.#hash = hash;
    const kind = options.backend === "adaptive" ? options.startBackend : options.backend;
    this.#table = this.#newTable(kind, options.initialCapacity);
  }

  get size(): number {
    return this.#table.size + (this.#retired?.size ?? 0);
  }

  /** The table that takes new entries. */
  get table(): Omit<Table, "insert" | "remove" | "setAddress" | "drain" | "retire"> {
    return this.#table;
  }

  /** The table that is being drained into it. */
  get retired(): Omit<Table, "insert" | "remove" | "setAddress" | "drain" | "retire"> | undefined {
    return this.#retired;
  }

  get deadRatio(): number {
    return this.#arena.deadRatio;
  }

  /** All bytes that tables and arena have allocated. */
  get allocatedBytes(): number {
    return this.#arena.allocatedBytes + this.#table.allocatedBytes + (this.#retired?.allocatedBytes ?? 0);
  }

  /** From now on `tell` is called whenever the map changes its table, or has compacted its arena. */
  listen(tell: (event: MapEvent) => void): void {
    this.#tell = tell;
  }

  put(key: Uint8Array, value: Uint8Array): void {
    const both = new Uint8Array(key.length + value.length);
    both.set(key);
    both.set(value, key.length);
    this.putRange(both, 0, key.length, key.length, both.length);
  }

  /** A copy of the value, or undefined. */
  get(key: Uint8Array): Uint8Array | undefined {
    const address = this.findRange(key, 0, key.length);
    return address === 0 ? undefined : this.#arena.value(address);
  }

  /** Says whether the key was there. */
  delete(key: Uint8Array): boolean {
    return this.deleteRange(key, 0, key.length);
  }

  /** @throws StepError `map-key-too-long`, `map-value-too-long`; nothing has changed then. */
  putRange(source: Uint8Array, keyStart: number, keyEnd: number, valueStart: number, valueEnd: number): void {
    this.#advance();
    const hash = this.#hash.of(source, keyStart, keyEnd);
    const table = this.#tableWith(hash, source, keyStart, keyEnd);
    if (table === undefined) {
      this.#table.insert(hash, this.#arena.write(source, keyStart, keyEnd, valueStart, valueEnd));
      this.#maintain();
      return;
    }
    const address = table.address(this.#position);
    if (this.#arena.overwrite(address, source, valueStart, valueEnd)) return;
    table.setAddress(this.#position, this.#arena.write(source, keyStart, keyEnd, valueStart, valueEnd));
    this.#arena.free(address);
    this.#maintain();
  }

  /** The address of a key's record, 0 where there is none. */
  findRange(source: Uint8Array, start: number, end: number): number {
    this.#advance();
    const table = this.#tableWith(this.#hash.of(source, start, end), source, start, end);
    return table === undefined ? 0 : table.address(this.#position);
  }

  /** Says whether the key was there. */
  deleteRange(source: Uint8Array, start: number, end: number): boolean {
    this.#advance();
    const table = this.#tableWith(this.#hash.of(source, start, end), source, start, end);
    if (table === undefined) return false;
    this.#arena.free(table.address(this.#position));
    table.remove(this.#position);
    this.#maintain();
    return true;
  }

  hashOf(key: Uint8Array): number {
    return this.#hash.of(key, 0, key.length);
  }

  /** A copy of the key of the record at an address that a table gave. */
  keyAt(address: number): Uint8Array {
    return this.#arena.key(address);
  }

  /** Keys and values, copied, in no order that means anything. */
  *entries(): Iterable<readonly [key: Uint8Array, value: Uint8Array]> {
    for (const table of [this.#table, this.#retired]) {
      for (const { address } of table?.entries() ?? []) yield [this.#arena.key(address), this.#arena.value(address)];
    }
  }

  /** Finishes a migration or compaction that is under way. Takes time in proportion to the size. */
  settle(): void {
    while (this.#retired !== undefined) this.#drain(Infinity);
    if (this.#sweep !== undefined) this.#advanceSweep(Infinity, "proactive");
  }

  /** Finishes what is under way, and gives back all memory that is not needed. Takes time in proportion to the size. */
  compact(): void {
    this.settle();
    this.#sweep = new Sweep(this.#arena, 0, (address) => this.#relocate(address));
    this.#advanceSweep(Infinity, "requested");
    this.#replaceTable({ kind: this.#table.kind, capacity: this.#tightCapacity(), reason: "sparse" });
    this.settle();
  }

  /** Every way in which the map is not as it should be; none, unless its memory was changed by something else. */
  faults(): string[] {
    const tables = this.#retired === undefined ? [this.#table] : [this.#table, this.#retired];
    return faultsOf(tables, this.#arena, this.#hash);
  }

  /** Builds the table anew from the records that live, of two with one key the one that lies further back. */
  repair(): { readonly entries: number; readonly duplicates: number } {
    const old = this.#arena;
    this.#arena = new Arena();
    this.#retired = undefined;
    this.#sweep = undefined;
    this.#table = this.#newTable(this.#table.kind, this.#options.initialCapacity);
    let records = 0;
    for (const address of liveRecords(old)) {
      this.put(old.key(address), old.value(address));
      records++;
    }
    return { entries: this.size, duplicates: records - this.size };
  }

  // The position that #tableWith found, beside the table, so that a lookup makes no object.
  #position = -1;

  #tableWith(hash: number, source: Uint8Array, start: number, end: number): Table | undefined {
    this.#position = this.#table.find(hash, source, start, end);
    if (this.#position >= 0) return this.#table;
    if (this.#retired === undefined) return undefined;
    this.#position = this.#retired.find(hash, source, start, end);
    return this.#position >= 0 ? this.#retired : undefined;
  }

  /** The share of an operation in what is under way. */
  #advance(): void {
    if (this.#retired !== undefined) this.#drain(this.#options.incrementalBatch);
    else if (this.#sweep !== undefined) this.#advanceSweep(this.#options.incrementalBatch, "proactive");
  }

  #maintain(): void {
    if (this.#retired !== undefined) return;
    const change = nextTable(this.#table, this.#departures, this.#options);
    if (change !== undefined) this.#replaceTable(change);
    else if (
      this.#sweep === undefined &&
      this.#arena.deadWords >= FEW_WORDS &&
      this.#arena.deadRatio >= this.#options.maxDeadRatio
    ) {
      this.#sweep = new Sweep(this.#arena, this.#options.maxDeadRatio / 2, (address) => this.#relocate(address));
    }
  }

  #replaceTable({ kind, capacity, reason }: TableChange): void {
    const from = this.#table;
    if (reason === "long-groups" || reason === "long-probes") this.#departures[from.kind] = from.size;
    from.retire();
    this.#retired = from;
    this.#table = this.#newTable(kind, capacity);
    if (kind === from.kind) this.#tell({ type: "resize", backend: kind, reason, capacity });
    else this.#tell({ type: "switch", from: from.kind, to: kind, reason });
    if (from.size === 0) this.#retired = undefined;
  }

  #drain(entries: number): void {
    this.#retired?.drain(this.#table, entries, entries * STEPS);
    if (this.#retired?.size === 0) this.#retired = undefined;
  }

  #advanceSweep(records: number, source: "proactive" | "requested"): void {
    if (this.#sweep === undefined) return;
    this.work.swept += this.#sweep.advance(records);
    if (!this.#sweep.isDone) return;
    this.#sweep = undefined;
    this.#tell({ type: "compaction", backend: this.#table.kind, source });
  }

  #relocate(address: number): void {
    const hash = this.#arena.hash(address, this.#hash);
    for (const table of [this.#table, this.#retired]) {
      const position = table?.locate(hash, address) ?? -1;
      if (position < 0) continue;
      table?.setAddress(position, this.#arena.relocate(address));
      this.work.relocated++;
      return;
    }
  }

  #tightCapacity(): number {
    const least = this.size / maxLoad(this.#table.kind, this.#options);
    return Math.max(this.#options.initialCapacity, 2 ** Math.ceil(Math.log2(Math.max(least, 1))));
  }

  #newTable(kind: TableKind, capacity: number): Table {
    return newTable(kind, { capacity, arena: this.#arena, work: this.work }, this.#options);
  }
}
