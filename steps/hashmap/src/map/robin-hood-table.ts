import { heatCells } from "./heat.ts";
import type { PathStep, Table, TableParts } from "./table.ts";
import type { Work } from "./work.ts";

/** The address of a slot whose entry has left a retired table; its hash stays, so that lookups still know when to stop. */
const LEFT = -1;

/**
 * Open addressing with linear probing after Robin Hood (P. Celis, 1986): along a run of slots, entries stand in the order
 * of how far they are from home, so that a lookup ends as soon as it is further from home than who stands there.
 * Removal shifts the entries behind it back by one. A slot is two words: address (0: empty) and hash.
 */
export class RobinHoodTable implements Table {
  readonly kind = "robin-hood";
  readonly capacity: number;
  readonly longestGroup = 0;
  readonly heat: Int32Array;
  readonly #heatShift: number;
  readonly #slots: Int32Array;
  readonly #mask: number;
  readonly #arena: TableParts["arena"];
  readonly #work: Work;
  #size = 0;
  #totalDistance = 0;
  #left = 0;
  #isRetired = false;
  #cursor = 0;

  constructor({ capacity, arena, work }: TableParts) {
    this.capacity = capacity;
    this.#slots = new Int32Array(capacity * 2);
    this.#mask = capacity - 1;
    this.#arena = arena;
    this.#work = work;
    const { heat, heatShift } = heatCells(capacity);
    this.heat = heat;
    this.#heatShift = heatShift;
  }

  get size(): number {
    return this.#size;
  }

  get averageDistance(): number {
    return this.#size === 0 ? 0 : this.#totalDistance / this.#size;
  }

  get tombstoneRatio(): number {
    return this.#left / this.capacity;
  }

  get allocatedBytes(): number {
    return this.#slots.byteLength + this.heat.byteLength;
  }

  find(hash: number, source: Uint8Array, start: number, end: number): number {
    const slots = this.#slots;
    const mask = this.#mask;
    let slot = hash & mask;
    for (let distance = 0; ; distance++) {
      const address = slots[slot * 2]!;
      const stored = slots[slot * 2 + 1]!;
      if (stored === hash && address > 0 && this.#arena.matches(address, source, start, end)) {
        this.#work.probes += distance + 1;
        return slot;
      }
      if (address === 0 || ((slot - stored) & mask) < distance || distance > mask) {
        this.#work.probes += distance + 1;
        return -1;
      }
      slot = (slot + 1) & mask;
    }
  }

  address(position: number): number {
    return this.#slots[position * 2]!;
  }

  setAddress(position: number, address: number): void {
    this.#slots[position * 2] = address;
  }

  locate(hash: number, address: number): number {
    for (let slot = hash & this.#mask, distance = 0; distance <= this.#mask; distance++) {
      const found = this.#slots[slot * 2];
      if (found === address) return slot;
      if (found === 0 || this.#distance(slot) < distance) return -1;
      slot = (slot + 1) & this.#mask;
    }
    return -1;
  }

  insert(hash: number, address: number): void {
    const slots = this.#slots;
    const mask = this.#mask;
    let slot = hash & mask;
    let [carriedAddress, carriedHash] = [address, hash];
    let steps = 0;
    for (let distance = 0; slots[slot * 2] !== 0; distance++) {
      const residentHash = slots[slot * 2 + 1]!;
      const residentDistance = (slot - residentHash) & mask;
      if (residentDistance < distance) {
        const residentAddress = slots[slot * 2]!;
        slots[slot * 2] = carriedAddress;
        slots[slot * 2 + 1] = carriedHash;
        carriedAddress = residentAddress;
        carriedHash = residentHash;
        distance = residentDistance;
      }
      slot = (slot + 1) & mask;
      steps++;
    }
    slots[slot * 2] = carriedAddress;
    slots[slot * 2 + 1] = carriedHash;
    this.heat[slot >>> this.#heatShift]!++;
    // Every step took one entry one slot further from home.
    this.#totalDistance += steps;
    this.#work.shifts += steps;
    this.#size++;
  }

  remove(position: number): void {
    this.#size--;
    this.#totalDistance -= this.#distance(position);
    if (this.#isRetired) this.#leave(position);
    else this.#shiftBack(position);
  }

  retire(): void {
    this.#isRetired = true;
  }

  drain(target: Table, entries: number, steps: number): void {
    const slots = this.#slots;
    let moved = 0;
    let scanned = 0;
    for (; this.#size > 0 && moved < entries && scanned < steps; scanned++) {
      const slot = this.#cursor++;
      const address = slots[slot * 2]!;
      if (address <= 0) continue;
      target.insert(slots[slot * 2 + 1]!, address);
      this.#size--;
      this.#totalDistance -= this.#distance(slot);
      this.#leave(slot);
      moved++;
    }
    this.#work.moved += moved;
    this.#work.scanned += scanned;
  }

  *path(hash: number): Iterable<PathStep> {
    for (let distance = 0; distance <= this.#mask; distance++) {
      const slot = (hash + distance) & this.#mask;
      const address = Math.max(0, this.#slots[slot * 2]!);
      const stored = this.#slots[slot * 2 + 1]!;
      yield { slot, address, hash: stored, home: stored & this.#mask };
      if (this.#slots[slot * 2] === 0 || this.#distance(slot) < distance) return;
    }
  }

  *entries(): Iterable<{ readonly hash: number; readonly address: number }> {
    for (let slot = 0; slot < this.capacity; slot++) {
      const address = this.#slots[slot * 2]!;
      if (address > 0) yield { hash: this.#slots[slot * 2 + 1]!, address };
    }
  }

  faults(hash: (address: number) => number): string[] {
    const faults: string[] = [];
    const heat = new Int32Array(this.heat.length);
    let [size, total, left] = [0, 0, 0];
    for (let slot = 0; slot < this.capacity; slot++) {
      const address = this.#slots[slot * 2]!;
      if (address === 0) continue;
      const distance = this.#distance(slot);
      const before = (slot - 1) & this.#mask;
      const room = this.#slots[before * 2] === 0 ? 0 : this.#distance(before) + 1;
      if (distance > room) faults.push(`slot ${slot} is ${distance} from home, where at most ${room} can be`);
      if (address === LEFT) {
        left++;
        continue;
      }
      size++;
      total += distance;
      heat[slot >>> this.#heatShift]!++;
      if (hash(address) !== this.#slots[slot * 2 + 1]) faults.push(`slot ${slot} holds the hash of another key`);
    }
    if (size !== this.#size) faults.push(`the table counts ${this.#size} entries and holds ${size}`);
    if (total !== this.#totalDistance) faults.push(`distances add up to ${total}, not ${this.#totalDistance}`);
    if (left !== this.#left) faults.push(`${left} entries have left, not ${this.#left}`);
    if (heat.some((count, cell) => count !== this.heat[cell])) faults.push("the heat cells are not those of the slots");
    return faults;
  }

  #distance(slot: number): number {
    return (slot - this.#slots[slot * 2 + 1]!) & this.#mask;
  }

  #leave(slot: number): void {
    this.#slots[slot * 2] = LEFT;
    this.heat[slot >>> this.#heatShift]!--;
    this.#left++;
  }

  #shiftBack(position: number): void {
    const slots = this.#slots;
    let hole = position;
    for (;;) {
      const next = (hole + 1) & this.#mask;
      if (slots[next * 2] === 0 || this.#distance(next) === 0) break;
      slots[hole * 2] = slots[next * 2]!;
      slots[hole * 2 + 1] = slots[next * 2 + 1]!;
      this.#totalDistance--;
      this.#work.shifts++;
      hole = next;
    }
    slots[hole * 2] = 0;
    slots[hole * 2 + 1] = 0;
    this.heat[hole >>> this.#heatShift]!--;
  }
}
