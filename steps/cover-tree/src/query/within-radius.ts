import type { Collector } from "./collector.ts";

/** All neighbours at most `limit` away. */
export class WithinRadius implements Collector {
  readonly limit: number;
  #found: { readonly distance: number; readonly row: number }[] = [];

  constructor(radius: number) {
    this.limit = radius;
  }

  get count(): number {
    return this.#found.length;
  }

  offer(distance: number, row: number): void {
    if (distance <= this.limit) this.#found.push({ distance, row });
  }

  drain(distances: Float64Array, rows: Int32Array, at: number): void {
    this.#found.sort((a, b) => a.distance - b.distance || a.row - b.row);
    for (const [index, { distance, row }] of this.#found.entries()) {
      distances[at + index] = distance;
      rows[at + index] = row;
    }
    this.#found = [];
  }
}
