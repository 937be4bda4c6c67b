import { GroupLengths, MOST_LENGTH } from "./group-lengths.ts";
import { heatCells } from "./heat.ts";
import type { Table, TableParts } from "./table.ts";
import type { Work } from "./work.ts";

/** A bucket longer than this is parted into groups. */
const LONGEST_LIST = 4;
/** Words of a node: address, hash, the next node of its list. */
const NODE = 3;

export interface ChainingParts extends TableParts {
  /** Groups of a bucket that was parted; a power of two. */
  readonly groups: number;
  /** The most entries it will ever hold. */
  readonly mostEntries: number;
}

/**
 * Chaining at two levels. A bucket is one list while it is short; one that grows long is parted into groups by a second
 * hash, so that keys which merely share a bucket don't share a list. Nodes lie in one array, numbered from 1; a bucket holds
 * the first node of its list, 0 where it is empty, and the number of its groups, negative, where it was parted.
 */
export class ChainingTable implements Table {
  readonly kind = "chaining";
  readonly capacity: number;
  readonly tombstoneRatio = 0;
  readonly heat: Int32Array;
  readonly #heatShift: number;
  readonly #buckets: Int32Array;
  readonly #nodes: Int32Array;
  readonly #parted: Int32Array[] = [];
  readonly #lengths = new GroupLengths();
  readonly #groups: number;
  readonly #arena: TableParts["arena"];
  readonly #work: Work;
  #size = 0;
  #free = 0;
  #fresh = 1;
  #cursor = 0;
  #isRetired = false;

  constructor({ capacity, groups, mostEntries, arena, work }: ChainingParts) {
    this.capacity = capacity;
    this.#groups = groups;
    this.#buckets = new Int32Array(capacity);
    this.#nodes = new Int32Array((mostEntries + 1) * NODE);
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
    return this.#buckets.byteLength + this.#nodes.byteLength + this.heat.byteLength + parted;
  }

  find(hash: number, source: Uint8Array, start: number, end: number): number {
    const nodes = this.#nodes;
    let node = this.#head(hash);
    let probes = 1;
    for (; node !== 0; node = nodes[node * NODE + 2]!, probes++) {
      if (nodes[node * NODE + 1] !== hash) continue;
      if (this.#arena.matches(nodes[node * NODE]!, source, start, end)) break;
    }
    this.#work.probes += probes;
    return node === 0 ? -1 : node;
  }

  address(position: number): number {
    return this.#nodes[position * NODE]!;
  }

  setAddress(position: number, address: number): void {
    this.#nodes[position * NODE] = address;
  }

  locate(hash: number, address: number): number {
    for (let node = this.#head(hash); node !== 0; node = this.#nodes[node * NODE + 2]!) {
      if (this.#nodes[node * NODE] === address) return node;
    }
    return -1;
  }

  insert(hash: number, address: number): void {
    const bucket = hash & (this.capacity - 1);
    const head = this.#head(hash);
    const length = this.#listLength(head);
    const node = this.#newNode(hash, address, head);
    this.#setHead(hash, node);
    this.#lengths.grow(length);
    this.#size++;
    this.heat[bucket >>> this.#heatShift]!++;
    this.#work.shifts += length;
    if (length === LONGEST_LIST && this.#buckets[bucket]! > 0) this.#part(bucket);
  }

  /** The list's first entry takes the place of the one that goes, so that no list is walked. */
  remove(position: number): void {
    const nodes = this.#nodes;
    const hash = nodes[position * NODE + 1]!;
    const head = this.#head(hash);
    if (!this.#isRetired) this.#lengths.shrink(this.#listLength(head));
    nodes[position * NODE] = nodes[head * NODE]!;
    nodes[position * NODE + 1] = nodes[head * NODE + 1]!;
    this.#setHead(hash, nodes[head * NODE + 2]!);
    this.#release(head);
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
      target.insert(this.#nodes[node * NODE + 1]!, this.#nodes[node * NODE]!);
      this.remove(node);
      moved++;
    }
    this.#work.moved += moved;
    this.#work.scanned += scanned;
  }

  *entries(): Iterable<{ readonly hash: number; readonly address: number }> {
    for (const head of this.#heads()) {
      for (let node = head; node !== 0; node = this.#nodes[node * NODE + 2]!) {
        yield { hash: this.#nodes[node * NODE + 1]!, address: this.#nodes[node * NODE]! };
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
      for (let node = head; node !== 0; node = this.#nodes[node * NODE + 2]!) {
        const stored = this.#nodes[node * NODE + 1]!;
        if (hash(this.#nodes[node * NODE]!) !== stored) faults.push(`node ${node} holds the hash of another key`);
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
    for (let node = head; node !== 0 && length <= MOST_LENGTH; node = this.#nodes[node * NODE + 2]!) length++;
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
      const next = this.#nodes[node * NODE + 2]!;
      const group = this.#group(this.#nodes[node * NODE + 1]!);
      this.#nodes[node * NODE + 2] = groups[group]!;
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

  #newNode(hash: number, address: number, next: number): number {
    const node = this.#free === 0 ? this.#fresh++ : this.#free;
    if (this.#free !== 0) this.#free = this.#nodes[node * NODE + 2]!;
    this.#nodes[node * NODE] = address;
    this.#nodes[node * NODE + 1] = hash;
    this.#nodes[node * NODE + 2] = next;
    return node;
  }

  #release(node: number): void {
    this.#nodes[node * NODE + 2] = this.#free;
    this.#free = node;
  }
}
