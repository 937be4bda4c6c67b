import { GroupLengths, MOST_LENGTH } from "./group-lengths.ts";
import { heatCells } from "./heat.ts";
import { ListNodes } from "./list-nodes.ts";
import type { PathStep, Table, TableParts } from "./table.ts";
import type { Work } from "./work.ts";

/** A bucket longer than this is parted into groups. */
const LONGEST_LIST = 4;

export interface ChainingParts extends TableParts {
  /** Groups of a bucket that was parted; a power of two. */
  readonly groups: number;
  /** The most entries it will ever hold. */
  readonly mostEntries: number;
}

/**
 * Chaining at two levels. A bucket is one list while it is short; one that grows long is parted into groups by a second
 * hash, so that keys which merely share a bucket don't share a list. A bucket holds the first node of its list, 0 where it is
 * empty, and the number of its groups, negative, where it was parted.
 */
export class ChainingTable implements Table {
  readonly kind = "chaining";
  readonly capacity: number;
  readonly tombstoneRatio = 0;
  readonly heat: Int32Array;
  readonly #heatShift: number;
  readonly #buckets: Int32Array;
  readonly #nodes: ListNodes;
  readonly #parted: Int32Array[] = [];
  readonly #lengths = new GroupLengths();
  readonly #groups: number;
  readonly #arena: TableParts["arena"];
  readonly #work: Work;
  #size = 0;
  #cursor = 0;
  #isRetired = false;

  constructor({ capacity, groups, mostEntries, arena, work }: ChainingParts) {
    this.capacity = capacity;
    this.#groups = groups;
    this.#buckets = new Int32Array(capacity);
    this.#nodes = new ListNodes(mostEntries);
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
    return this.#size === 0 ? 0 : this.#lengths.totalDistance / this.#size;
  }

  get longestGroup(): number {
    return this.#lengths.longest;
  }

  get allocatedBytes(): number {
    const parted = this.#parted.length * this.#groups * 4;
    return this.#buckets.byteLength + this.#nodes.allocatedBytes + this.heat.byteLength + parted;
  }

  find(hash: number, source: Uint8Array, start: number, end: number): number {
    const nodes = this.#nodes;
    let node = this.#head(hash);
    let probes = 1;
    for (; node !== 0; node = nodes.next(node), probes++) {
      if (nodes.hash(node) === hash && this.#arena.matches(nodes.address(node), source, start, end)) break;
    }
    this.#work.probes += probes;
    return node === 0 ? -1 : node;
  }

  address(position: number): number {
    return this.#nodes.address(position);
  }

  setAddress(position: number, address: number): void {
    this.#nodes.set(position, this.#nodes.hash(position), address);
  }

  locate(hash: number, address: number): number {
    for (let node = this.#head(hash); node !== 0; node = this.#nodes.next(node)) {
      if (this.#nodes.address(node) === address) return node;
    }
    return -1;
  }

  insert(hash: number, address: number): void {
    const bucket = hash & (this.capacity - 1);
    const head = this.#head(hash);
    const length = this.#listLength(head);
    this.#setHead(hash, this.#nodes.add(hash, address, head));
    this.#lengths.grow(length);
    this.#size++;
    this.heat[bucket >>> this.#heatShift]!++;
    this.#work.shifts += length;
    if (length === LONGEST_LIST && this.#buckets[bucket]! > 0) this.#part(bucket);
  }

  /** The list's first entry takes the place of the one that goes, so that no list is walked. */
  remove(position: number): void {
    const nodes = this.#nodes;
    const hash = nodes.hash(position);
    const head = this.#head(hash);
    if (!this.#isRetired) this.#lengths.shrink(this.#listLength(head));
    nodes.set(position, nodes.hash(head), nodes.address(head));
    this.#setHead(hash, nodes.next(head));
    nodes.release(head);
    this.heat[(hash & (this.capacity - 1)) >>> this.#heatShift]!--;
    this.#size--;
  }

  /** The lengths of lists are not kept any more: only who still adds entries asks for them. */
  retire(): void {
    this.#isRetired = true;
  }

  drain(target: Table, entries: number, steps: number): void {
    let moved = 0;
    let scanned = 0;
    for (; this.#size > 0 && moved < entries && scanned < steps; scanned++) {
      const node = this.#firstOf(this.#buckets[this.#cursor]!);
      if (node === 0) {
        this.#cursor++;
        continue;
      }
      target.insert(this.#nodes.hash(node), this.#nodes.address(node));
      this.remove(node);
      moved++;
    }
    this.#work.moved += moved;
    this.#work.scanned += scanned;
  }

  *path(hash: number): Iterable<PathStep> {
    for (let node = this.#head(hash); node !== 0; node = this.#nodes.next(node)) {
      const stored = this.#nodes.hash(node);
      yield { slot: node, address: this.#nodes.address(node), hash: stored, home: stored & (this.capacity - 1) };
    }
  }

  *entries(): Iterable<{ readonly hash: number; readonly address: number }> {
    for (const head of this.#heads()) {
      for (let node = head; node !== 0; node = this.#nodes.next(node)) {
        yield { hash: this.#nodes.hash(node), address: this.#nodes.address(node) };
      }
    }
  }

  faults(hash: (address: number) => number): string[] {
    const faults: string[] = [];
    const heat = new Int32Array(this.heat.length);
    const lengths = new GroupLengths();
    let size = 0;
    for (const head of this.#heads()) {
      let length = 0;
      for (let node = head; node !== 0; node = this.#nodes.next(node)) {
        const stored = this.#nodes.hash(node);
        if (hash(this.#nodes.address(node)) !== stored) faults.push(`node ${node} holds the hash of another key`);
        if (this.#head(stored) !== head) faults.push(`node ${node} is in the list of another hash`);
        heat[(stored & (this.capacity - 1)) >>> this.#heatShift]!++;
        lengths.grow(length++);
      }
      size += length;
    }
    if (size !== this.#size) faults.push(`the table counts ${this.#size} entries and holds ${size}`);
    if (!this.#isRetired && !lengths.equals(this.#lengths)) {
      faults.push("the lengths of its lists are not what the table counts");
    }
    if (heat.some((count, cell) => count !== this.heat[cell]))
      faults.push("the heat cells are not those of the buckets");
    return faults;
  }

  #head(hash: number): number {
    const head = this.#buckets[hash & (this.capacity - 1)]!;
    return head >= 0 ? head : this.#parted[~head]![this.#group(hash)]!;
  }

  #setHead(hash: number, node: number): void {
    const bucket = hash & (this.capacity - 1);
    const head = this.#buckets[bucket]!;
    if (head >= 0) this.#buckets[bucket] = node;
    else this.#parted[~head]![this.#group(hash)] = node;
  }

  /** Fibonacci hashing (D. Knuth) of all bits, of which the bucket takes only the low ones. */
  #group(hash: number): number {
    return (Math.imul(hash, 0x9e3779b1) >>> 16) & (this.#groups - 1);
  }

  /** At most one more than is told apart, so that a list of keys crafted to collide is not walked to its end. */
  #listLength(head: number): number {
    let length = 0;
    for (let node = head; node !== 0 && length <= MOST_LENGTH; node = this.#nodes.next(node)) length++;
    return length;
  }

  /** The first node of a bucket, of any of its groups. */
  #firstOf(bucket: number): number {
    return bucket >= 0 ? bucket : (this.#parted[~bucket]!.find((head) => head !== 0) ?? 0);
  }

  #part(bucket: number): void {
    let node = this.#buckets[bucket]!;
    const groups = new Int32Array(this.#groups);
    const counts = new Int32Array(this.#groups);
    for (let length = this.#listLength(node); length > 0; length--) this.#lengths.shrink(length);
    while (node !== 0) {
      const next = this.#nodes.next(node);
      const group = this.#group(this.#nodes.hash(node));
      this.#nodes.link(node, groups[group]!);
      groups[group] = node;
      this.#lengths.grow(counts[group]!++);
      node = next;
    }
    this.#buckets[bucket] = ~this.#parted.length;
    this.#parted.push(groups);
  }

  *#heads(): Iterable<number> {
    for (const bucket of this.#buckets) {
      if (bucket > 0) yield bucket;
      else if (bucket < 0) for (const head of this.#parted[~bucket]!) if (head !== 0) yield head;
    }
  }
}
