import { countWithin } from "./count-within.ts";
import type { Gathered } from "./gathered.ts";
import type { Space } from "./space.ts";

/** Positions under any distance: all that are asked for are measured. */
export class GatheredPositions implements Gathered {
  places = new Int32Array();
  distances = new Float64Array();
  readonly #measure: Space["measure"];
  #positions: readonly number[] = [];
  #limits: ArrayLike<number> = [];

  constructor(measure: Space["measure"]) {
    this.#measure = measure;
  }

  gather(positions: ArrayLike<number>, limits: ArrayLike<number>): void {
    this.#positions = Array.from(positions);
    this.#limits = Float64Array.from({ length: positions.length }, (_, place) => limits[place]!);
    if (positions.length <= this.places.length) return;
    this.places = new Int32Array(2 * positions.length);
    this.distances = new Float64Array(2 * positions.length);
  }

  within(from: number, count: number, most: number): number {
    const { places, distances } = this;
    const first = count < this.#positions.length ? this.#positions.slice(0, count) : this.#positions;
    this.#measure(from, first, distances);
    let found = 0;
    for (let place = 0; place < count; place++) {
      const distance = distances[place]!;
      if (distance > most || distance > this.#limits[place]!) continue;
      places[found] = place;
      distances[found] = distance;
      found++;
    }
    return found;
  }

  nearest(positions: Int32Array, distances: Float64Array, farthest: readonly number[], chosen: Int32Array): number {
    let computed = 0;
    for (let index = 0; index < positions.length; index++) {
      const count = countWithin(farthest, distances[index]!);
      const found = this.within(positions[index]!, count, Number.POSITIVE_INFINITY);
      chosen[index] = 0;
      let least = Number.POSITIVE_INFINITY;
      for (let near = 0; near < found; near++) {
        if (this.distances[near]! >= least) continue;
        chosen[index] = this.places[near]! + 1;
        least = this.distances[near]!;
      }
      if (chosen[index]! > 0) distances[index] = least;
      computed += count;
    }
    return computed;
  }
}
