/** Lists of this length and longer ones are not told apart. */
export const MOST_LENGTH = 64;

/** How many lists there are of each length, so that the longest and the mean are known after every change in O(1). */
export class GroupLengths {
  readonly #lists: number[] = [0];
  #longest = 0;
  #totalDistance = 0;

  get longest(): number {
    return this.#longest;
  }

  /** The sum over all entries of how many stand before them in their list; a lower bound where a list is longer. */
  get totalDistance(): number {
    return this.#totalDistance;
  }

  /** A list of `length` entries gets one more. */
  grow(length: number): void {
    if (length >= MOST_LENGTH) return;
    if (length > 0) this.#lists[length]!--;
    this.#lists[length + 1] = (this.#lists[length + 1] ?? 0) + 1;
    this.#totalDistance += length;
    if (length === this.#longest) this.#longest++;
  }

  /** A list of `length` entries, at least one, loses one. */
  shrink(length: number): void {
    if (length > MOST_LENGTH) return;
    this.#lists[length]!--;
    if (length > 1) this.#lists[length - 1]!++;
    this.#totalDistance -= length - 1;
    if (length === this.#longest && this.#lists[length] === 0) this.#longest--;
  }

  equals(other: GroupLengths): boolean {
    const lengths = Math.max(this.#lists.length, other.#lists.length);
    for (let length = 1; length < lengths; length++) {
      if ((this.#lists[length] ?? 0) !== (other.#lists[length] ?? 0)) return false;
    }
    return this.#longest === other.#longest && this.#totalDistance === other.#totalDistance;
  }
}
