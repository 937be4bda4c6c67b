import type { Timer } from "../contract.ts";
import type { RowBatch } from "../workload/row-batch.ts";
import { type BatchTrace, executeBatch } from "./execute-batch.ts";
import type { MapEvent } from "./map-event.ts";
import { faultsOf } from "./map-faults.ts";
import { MapMemory } from "./map-memory.ts";
import type { MapOptions } from "./map-options.ts";
import { maxLoad, nextTable, STEPS, type TableChange, watchPoints } from "./policy.ts";
import { MAX_KEY_BYTES, MAX_VALUE_BYTES } from "./record.ts";
import { TABLE_KINDS, type Table, type TableKind } from "./table.ts";
import { tooLong } from "./too-long.ts";
import { viewTable } from "./view-table.ts";
import type { Work } from "./work.ts";

/** As many as there are. */
const ALL = 2 ** 31 - 1;

/** The key of a keyed hash, 32 bits each; undefined for the fast one. */
export type HashKey = { readonly low: number; readonly high: number } | undefined;

/**
 * A map of byte keys to byte values. What it does with them is compiled code over memory of the map's own
 * (`assembly/map/hash-map.ts`); here is decided when it gets another table, and told what became of it.
 */
export class HashMap {
  readonly #options: MapOptions;
  readonly #hashKey: HashKey;
  #memory: MapMemory;
  #tell: (event: MapEvent) => void = () => {};
  #timer: Timer = { now: () => 0 };
  #times: Float64Array = new Float64Array(0);
  readonly #departures: Record<TableKind, number> = { chaining: Infinity, "robin-hood": Infinity };

  constructor(options: MapOptions, hashKey: HashKey) {
    this.#options = options;
    this.#hashKey = hashKey;
    const kind = options.backend === "adaptive" ? options.startBackend : options.backend;
    this.#memory = this.#newMemory(kind);
  }

  get size(): number {
    return this.table.size + (this.retired?.size ?? 0);
  }

  /** The table that takes new entries. */
  get table(): Table {
    return viewTable(this.#memory, this.#memory.code.currentTable());
  }

  /** The table that is being drained into it. */
  get retired(): Table | undefined {
    const at = this.#memory.code.retiredTable();
    return at === 0 ? undefined : viewTable(this.#memory, at);
  }

  get deadRatio(): number {
    return this.#memory.code.deadRatio();
  }

  /** All bytes that tables and records have allocated. What they gave back is used again, and goes with the map. */
  get allocatedBytes(): number {
    return (this.#memory.code.arenaBytes() >>> 0) + this.table.allocatedBytes + (this.retired?.allocatedBytes ?? 0);
  }

  /** Running counts, by which the bounds are proven. */
  get work(): Work {
    const [probes, shifts, moved, scanned, swept, relocated] = this.#memory.doublesAt(this.#memory.code.workAt(), 6);
    return {
      probes: probes!,
      shifts: shifts!,
      moved: moved!,
      scanned: scanned!,
      swept: swept!,
      relocated: relocated!,
    };
  }

  /** All of the map's memory, with what was given back and will be used again. */
  get heldBytes(): number {
    return this.#memory.bytes.length;
  }

  /** From now on `tell` is called whenever the map changes its table, or has compacted its records. */
  listen(tell: (event: MapEvent) => void): void {
    this.#tell = tell;
  }

  /**
   * @throws StepError `map-key-too-long`, `map-value-too-long`; nothing has changed then. `map-full`, as whatever makes
   * the map larger.
   */
  put(key: Uint8Array, value: Uint8Array): void {
    if (key.length > MAX_KEY_BYTES) throw tooLong("key", key.length, MAX_KEY_BYTES);
    if (value.length > MAX_VALUE_BYTES) throw tooLong("value", value.length, MAX_VALUE_BYTES);
    const place = this.#memory.stage(key.length + value.length);
    this.#memory.bytes.set(key, place);
    this.#memory.bytes.set(value, place + key.length);
    this.#memory.code.put(place, key.length, place + key.length, value.length);
  }

  /** A copy of the value, or undefined. */
  get(key: Uint8Array): Uint8Array | undefined {
    const address = this.find(key, key.length);
    return address === 0 ? undefined : this.#memory.value(address);
  }

  /** The address of the record whose key is the first bytes of `source`, 0 where there is none. */
  find(source: Uint8Array, length: number): number {
    return this.#memory.code.get(this.#memory.stageRange(source, 0, length), length);
  }

  /** Says whether the key was there. */
  delete(key: Uint8Array): boolean {
    return this.#memory.code.remove(this.#memory.stageRange(key, 0, key.length), key.length) !== 0;
  }

  /**
   * Carries a batch out, and does nothing else between two looks at the timer: each operation takes the time from one
   * look to the next, one look included. What was seen of it is left in `trace`.
   */
  execute(batch: RowBatch, timer: Timer, trace: BatchTrace): void {
    this.#timer = timer;
    this.#times = trace.times;
    executeBatch(this.#memory, batch, trace);
  }

  /** Looks at the timer as `execute` does, and at nothing else, until `times` is full. */
  look(timer: Timer, times: Float64Array): void {
    this.#timer = timer;
    this.#times = times;
    this.#memory.code.look(times.length);
  }

  hashOf(key: Uint8Array): number {
    return this.#memory.code.hashOf(this.#memory.stageRange(key, 0, key.length), key.length);
  }

  /** A copy of the key of the record at an address that a table gave. */
  keyAt(address: number): Uint8Array {
    return this.#memory.key(address);
  }

  /** Keys and values, copied, in no order that means anything. */
  *entries(): Iterable<readonly [key: Uint8Array, value: Uint8Array]> {
    for (const table of [this.table, this.retired]) {
      for (const { address } of table?.entries() ?? []) {
        yield [this.#memory.key(address), this.#memory.value(address)];
      }
    }
  }

  /** Finishes a migration or compaction that is under way. Takes time in proportion to the size. */
  settle(): void {
    const { code } = this.#memory;
    while (code.retiredTable() !== 0) code.drain(ALL, ALL);
    if (code.isSweeping() === 0) return;
    code.sweepOn(ALL);
    this.#compacted("proactive");
  }

  /** Finishes what is under way, and gives back all memory that is not needed. Takes time in proportion to the size. */
  compact(): void {
    this.settle();
    this.#memory.code.startSweep(0);
    this.#memory.code.sweepOn(ALL);
    this.#compacted("requested");
    this.#replaceTable({ kind: this.table.kind, capacity: this.#tightCapacity(), reason: "sparse" });
    this.settle();
  }

  /** Every way in which the map is not as it should be; none, unless its memory was changed by something else. */
  faults(): string[] {
    const { table, retired } = this;
    return faultsOf(retired === undefined ? [table] : [table, retired], this.#memory);
  }

  /** Builds the map anew from the records that live, of two with one key the one that lies further back. */
  repair(): { readonly entries: number; readonly duplicates: number } {
    const old = this.#memory;
    this.#memory = this.#newMemory(this.table.kind);
    let records = 0;
    for (const address of old.liveRecords()) {
      this.put(old.key(address), old.value(address));
      records++;
    }
    return { entries: this.size, duplicates: records - this.size };
  }

  /** Asked by the compiled code where a point that is watched was passed. */
  #consider(): boolean {
    const change = nextTable(this.table, this.#departures, this.#options);
    if (change !== undefined) this.#replaceTable(change);
    return change !== undefined;
  }

  #replaceTable({ kind, capacity, reason }: TableChange): void {
    const from = this.table;
    const [size, fromKind] = [from.size, from.kind];
    if (reason === "long-groups" || reason === "long-probes") this.#departures[fromKind] = size;
    this.#makeTable(this.#memory, kind, capacity);
    if (kind === fromKind) this.#tell({ type: "resize", backend: kind, reason, capacity });
    else this.#tell({ type: "switch", from: fromKind, to: kind, reason });
  }

  #compacted(source: "proactive" | "requested"): void {
    this.#tell({ type: "compaction", backend: this.table.kind, source });
  }

  #tightCapacity(): number {
    const least = this.size / maxLoad(this.table.kind, this.#options);
    return Math.max(this.#options.initialCapacity, 2 ** Math.ceil(Math.log2(Math.max(least, 1))));
  }

  #newMemory(kind: TableKind): MapMemory {
    const { incrementalBatch, maxDeadRatio, initialCapacity } = this.#options;
    const memory = new MapMemory({
      consider: () => this.#consider(),
      swept: () => this.#compacted("proactive"),
      stamp: (rows) => {
        this.#times[rows] = this.#timer.now();
      },
    });
    memory.code.init(incrementalBatch, incrementalBatch * STEPS, maxDeadRatio);
    if (this.#hashKey !== undefined) memory.code.useKey(this.#hashKey.low, this.#hashKey.high);
    this.#makeTable(memory, kind, initialCapacity);
    return memory;
  }

  #makeTable({ code }: MapMemory, kind: TableKind, capacity: number): void {
    const { mostEntries, leastEntries, longestGroup, averageDistance } = watchPoints(kind, capacity, this.#options);
    const room = Math.floor(maxLoad(kind, this.#options) * capacity) + 1;
    code.replaceTable(TABLE_KINDS.indexOf(kind), capacity, this.#options.groupsPerBucket, room);
    code.watch(mostEntries, leastEntries, longestGroup, averageDistance);
  }
}
