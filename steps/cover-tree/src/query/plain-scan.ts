import type { Space } from "../space/space.ts";
import type { Ask, Collector } from "./collector.ts";
import { newCollector } from "./new-collector.ts";
import type { Search } from "./search.ts";

/** The reference that all other ways are tested against: every distance is computed, by the reference function. */
export class PlainScan implements Search {
  evaluations = 0;
  readonly #space: Space;
  readonly #rows: Int32Array;
  readonly #found: Collector;

  /** @param rows the input row of each position that may be a neighbour. */
  constructor(space: Space, rows: Int32Array, ask: Ask) {
    this.#space = space;
    this.#rows = rows;
    this.#found = newCollector(ask);
  }

  run(queries: Int32Array, ends: Int32Array, done: (index: number, found: Collector) => void): void {
    for (const [index, query] of queries.entries()) {
      for (const [position, row] of this.#rows.entries()) {
        if (row >= ends[index]!) continue;
        this.evaluations++;
        this.#found.offer(this.#space.between(query, position), row);
      }
      done(index, this.#found);
    }
  }
}
