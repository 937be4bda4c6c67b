import { ListLengths } from "./list-lengths.ts";
import type { PathStep, Table } from "./table.ts";
import { TableView } from "./table-view.ts";

/** Words of a node: address, hash, the next node of its list. */
const NODE_WORDS = 3;
const COUNTED_LENGTHS = 65;

interface Node {
  readonly number: number;
  readonly address: number;
  readonly hash: number;
}

/** What can be seen of a chained table (`assembly/map/chaining-table.ts`). */
export class ChainingTable extends TableView implements Table {
  readonly tombstoneRatio = 0;

  *path(hash: number): Iterable<PathStep> {
    for (const node of this.#list(this.#head(hash))) {
      yield { slot: node.number, address: node.address, hash: node.hash, home: node.hash & (this.capacity - 1) };
    }
  }

  *entries(): Iterable<{ readonly hash: number; readonly address: number }> {
    for (const head of this.#heads()) yield* this.#list(head);
  }

  faults(hash: (address: number) => number): string[] {
    const faults: string[] = [];
    const kept = this.heat;
    const heat = new Int32Array(kept.length);
    const lengths = new ListLengths();
    let size = 0;
    for (const head of this.#heads()) {
      const nodes = [...this.#list(head)];
      for (const { number, address, hash: stored } of nodes) {
        if (hash(address) !== stored) faults.push(`node ${number} holds the hash of another key`);
        if (this.#head(stored) !== head) faults.push(`node ${number} is in the list of another hash`);
        heat[this.cellOf(stored & (this.capacity - 1))]!++;
      }
      lengths.add(nodes.length);
      size += nodes.length;
    }
    if (size !== this.size) faults.push(`the table counts ${this.size} entries and holds ${size}`);
    // Only who still adds entries asks for the lengths of lists: a retired table does not keep them.
    if (!this.isRetired && !this.#keeps(lengths)) {
      faults.push("the lengths of its lists are not what the table counts");
    }
    if (heat.some((count, cell) => count !== kept[cell])) faults.push("the heat cells are not those of the buckets");
    return faults;
  }

  #keeps(lengths: ListLengths): boolean {
    const { code } = this.memory;
    const counts = this.memory.wordsAt(code.listsOf(this.at), COUNTED_LENGTHS);
    const isSame = lengths.areThose(counts) && lengths.longest === this.longestGroup;
    return isSame && lengths.distance === code.distanceOf(this.at);
  }

  /** The first node of a hash's list, 0 where there is none. */
  #head(hash: number): number {
    const bucket = this.#bucket(hash & (this.capacity - 1));
    if (bucket >= 0) return bucket;
    // Fibonacci hashing (D. Knuth) of all bits, as the table does it.
    const groups = this.#groups(bucket);
    return groups[(Math.imul(hash, 0x9e3779b1) >>> 16) & (groups.length - 1)]!;
  }

  *#heads(): Iterable<number> {
    for (let place = 0; place < this.capacity; place++) {
      const bucket = this.#bucket(place);
      for (const head of bucket < 0 ? this.#groups(bucket) : [bucket]) if (head !== 0) yield head;
    }
  }

  *#list(head: number): Iterable<Node> {
    for (let number = head; number !== 0; ) {
      const place = this.memory.code.nodesOf(this.at) + number * NODE_WORDS * 4;
      const [address, hash, next] = this.memory.wordsAt(place, NODE_WORDS);
      yield { number, address: address!, hash: hash! };
      number = next!;
    }
  }

  /** The first node, or minus the word where the heads of its groups begin. */
  #bucket(place: number): number {
    return this.memory.words[(this.memory.code.placesOf(this.at) >>> 2) + place]!;
  }

  #groups(bucket: number): Int32Array {
    return this.memory.wordsAt(-bucket * 4, this.memory.code.groupsOf(this.at));
  }
}
