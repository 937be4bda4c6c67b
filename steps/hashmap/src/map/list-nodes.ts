/** Words of a node: address, hash, the next node of its list. */
const WORDS = 3;

/** The nodes of singly linked lists in one array, numbered from 1; 0 is no node. */
export class ListNodes {
  readonly #words: Int32Array;
  /** Released nodes, linked like a list. */
  #free = 0;
  #fresh = 1;

  constructor(most: number) {
    this.#words = new Int32Array((most + 1) * WORDS);
  }

  get allocatedBytes(): number {
    return this.#words.byteLength;
  }

  address(node: number): number {
    return this.#words[node * WORDS]!;
  }

  hash(node: number): number {
    return this.#words[node * WORDS + 1]!;
  }

  next(node: number): number {
    return this.#words[node * WORDS + 2]!;
  }

  set(node: number, hash: number, address: number): void {
    this.#words[node * WORDS] = address;
    this.#words[node * WORDS + 1] = hash;
  }

  link(node: number, next: number): void {
    this.#words[node * WORDS + 2] = next;
  }

  /** A node in front of `next`. */
  add(hash: number, address: number, next: number): number {
    const node = this.#free === 0 ? this.#fresh++ : this.#free;
    if (node === this.#free) this.#free = this.next(node);
    this.set(node, hash, address);
    this.link(node, next);
    return node;
  }

  release(node: number): void {
    this.link(node, this.#free);
    this.#free = node;
  }
}
