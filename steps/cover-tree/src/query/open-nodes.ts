/** Nodes that are still to be looked below, the one with the least bound on top of a heap. */
export class OpenNodes {
  readonly #bounds: number[] = [];
  readonly #nodes: number[] = [];

  clear(): void {
    this.#bounds.length = 0;
    this.#nodes.length = 0;
  }

  push(bound: number, node: number): void {
    let place = this.#nodes.length;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (this.#bounds[above]! <= bound) break;
      this.#bounds[place] = this.#bounds[above]!;
      this.#nodes[place] = this.#nodes[above]!;
      place = above;
    }
    this.#bounds[place] = bound;
    this.#nodes[place] = node;
  }

  /** The node with the least bound, or -1 where every bound is greater than `limit`. */
  pop(limit: number): number {
    const top = this.#nodes[0];
    if (top === undefined || this.#bounds[0]! > limit) return -1;
    const bound = this.#bounds.pop()!;
    const node = this.#nodes.pop()!;
    const count = this.#nodes.length;
    if (count === 0) return top;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= count) break;
      if (below + 1 < count && this.#bounds[below + 1]! < this.#bounds[below]!) below++;
      if (this.#bounds[below]! >= bound) break;
      this.#bounds[place] = this.#bounds[below]!;
      this.#nodes[place] = this.#nodes[below]!;
      place = below;
    }
    this.#bounds[place] = bound;
    this.#nodes[place] = node;
    return top;
  }
}
