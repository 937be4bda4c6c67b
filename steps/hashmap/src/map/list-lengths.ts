/** Lists of this length and longer ones are not told apart. */
const MOST_LENGTH = 64;

/** Lists counted by their length, one by one: what a table that keeps the counts must have come to. */
export class ListLengths {
  readonly #lists = new Int32Array(MOST_LENGTH + 1);
  #distance = 0;

  /** The sum over all entries of how many stand before them in their list; a lower bound where a list is longer. */
  get distance(): number {
    return this.#distance;
  }

  get longest(): number {
    return Math.max(
      0,
      this.#lists.findLastIndex((lists) => lists > 0),
    );
  }

  add(length: number): void {
    const told = Math.min(length, MOST_LENGTH);
    this.#lists[told]!++;
    this.#distance += (told * (told - 1)) / 2;
  }

  /** Whether these are the counts of lists of each length, from 1. */
  areThose(counts: Int32Array): boolean {
    return counts.every((count, length) => length === 0 || count === this.#lists[length]);
  }
}
