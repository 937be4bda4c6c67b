import type { Collector } from "./collector.ts";

/**
 * The best `size` neighbours seen so far: nearest first, ties by smaller row. It is a heap with the worst on top, kept
 * in two arrays that are used again for every query.
 */
export class NearestHeap implements Collector {
  readonly #size: number;
  readonly #distances: Float64Array;
  readonly #rows: Int32Array;
  #count = 0;

  constructor(size: number) {
    this.#size = size;
    this.#distances = new Float64Array(size);
    this.#rows = new Int32Array(size);
  }

  get count(): number {
    return this.#count;
  }

  /** What a further neighbour must not lie beyond: infinite while there is room. */
  get limit(): number {
    return this.#count < this.#size ? Number.POSITIVE_INFINITY : this.#distances[0]!;
  }

  offer(distance: number, row: number): void {
    if (this.#count < this.#size) {
      this.#rise(this.#count++, distance, row);
    } else if (this.#size > 0 && this.#isBehind(0, distance, row)) {
      this.#sink(distance, row, this.#count);
    }
  }

  /** Writes the neighbours in order, and empties the heap. */
  drain(distances: Float64Array, rows: Int32Array, at: number): void {
    for (let last = this.#count - 1; last >= 0; last--) {
      distances[at + last] = this.#distances[0]!;
      rows[at + last] = this.#rows[0]!;
      this.#sink(this.#distances[last]!, this.#rows[last]!, last);
    }
    this.#count = 0;
  }

  /** Whether what stands at `place` is worse than this neighbour. */
  #isBehind(place: number, distance: number, row: number): boolean {
    const other = this.#distances[place]!;
    return other > distance || (other === distance && this.#rows[place]! > row);
  }

  #rise(from: number, distance: number, row: number): void {
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (this.#isBehind(above, distance, row)) break;
      this.#put(place, this.#distances[above]!, this.#rows[above]!);
      place = above;
    }
    this.#put(place, distance, row);
  }

  /** Puts a neighbour in place of the worst, in a heap of `count`. */
  #sink(distance: number, row: number, count: number): void {
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= count) break;
      const right = below + 1;
      if (right < count && this.#isBehind(right, this.#distances[below]!, this.#rows[below]!)) below = right;
      if (!this.#isBehind(below, distance, row)) break;
      this.#put(place, this.#distances[below]!, this.#rows[below]!);
      place = below;
    }
    this.#put(place, distance, row);
  }

  #put(place: number, distance: number, row: number): void {
    this.#distances[place] = distance;
    this.#rows[place] = row;
  }
}
