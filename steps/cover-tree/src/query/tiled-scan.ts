import type { KernelMemory } from "../kernels/kernel-memory.ts";
import type { Kernels } from "../kernels/kernels.ts";
import type { TileLayout } from "../layout/tile-layout.ts";
import { covariance } from "../residual/covariance.ts";
import { CovarianceBounds } from "../residual/covariance-bounds.ts";
import { residualCorrelation, residualDistance } from "../residual/residual-correlation.ts";
import type { Residuals } from "../residual/residual-space.ts";
import { squaredEuclidean } from "../space/squared-euclidean.ts";
import type { Ask, Collector } from "./collector.ts";
import { newCollector } from "./new-collector.ts";
import type { Search } from "./search.ts";

/** Queries of a tile: as many as their part of V stays in the cache beside a panel. */
const TILE = 64;

/** Every point under the residual correlation: tiles of queries against panels of points, in float64 throughout. */
export class TiledScan implements Search {
  evaluations = 0;
  readonly #kernels: Kernels;
  readonly #layout: TileLayout;
  readonly #points: Residuals;
  readonly #bounds: CovarianceBounds;
  readonly #found: readonly Collector[];
  readonly #queries: Float64Array;
  readonly #products: Float64Array;
  /** Of each query, the least |ρ| that matters, times its √p, less what rounding may take off. */
  readonly #least = new Float64Array(TILE);

  constructor(memory: KernelMemory, kernels: Kernels, layout: TileLayout, points: Residuals, ask: Ask) {
    this.#kernels = kernels;
    this.#layout = layout;
    this.#points = points;
    this.#bounds = new CovarianceBounds(points.options.kernel, points.options.variance);
    this.#found = Array.from({ length: TILE }, () => newCollector(ask));
    this.#queries = memory.doubles(TILE * points.width);
    this.#products = memory.doubles(32);
  }

  run(queries: Int32Array, ends: Int32Array, done: (index: number, found: Collector) => void): void {
    for (let first = 0; first < queries.length; first += TILE) {
      const tile = queries.subarray(first, first + TILE);
      this.#scan(tile, ends.subarray(first, first + TILE));
      for (let index = 0; index < tile.length; index++) done(first + index, this.#found[index]!);
    }
  }

  #scan(queries: Int32Array, ends: Int32Array): void {
    const { count, rows, panels } = this.#layout;
    const { width } = this.#points;
    for (let index = 0; index < TILE; index++) this.#enter(index, queries[index]);
    const end = ends.reduce((most, each) => Math.max(most, each), 0);
    for (let panel = 0; panel * 8 < count; panel++) {
      // Rows rise with positions as a rule; what is not before the end of any query need not be looked at.
      if (firstOf(rows, panel, count) >= end) continue;
      for (let four = 0; four < queries.length; four += 4) {
        const from = this.#queries.byteOffset + four * width * 8;
        const at = panels.byteOffset + panel * 8 * width * 8;
        this.#kernels.products(from, at, width, this.#products.byteOffset);
        for (let index = four; index < Math.min(four + 4, queries.length); index++) {
          this.#decide(index, queries[index]!, ends[index]!, panel);
        }
      }
    }
  }

  #enter(index: number, query: number | undefined): void {
    const { width, explained } = this.#points;
    const at = (index >> 2) * 4 * width + (index & 3);
    for (let column = 0; column < width; column++) {
      this.#queries[at + column * 4] = query === undefined ? 0 : explained[query * width + column]!;
    }
    if (query !== undefined) this.#narrow(index, query);
  }

  #narrow(index: number, query: number): void {
    const { limit } = this.#found[index]!;
    const correlation = Math.max(0, 1 - Math.min(1, limit) ** 2 - 2 ** -50);
    this.#least[index] = correlation * Math.sqrt(this.#points.variances[query]!) * (1 - 2 ** -40);
  }

  #decide(index: number, query: number, end: number, panel: number): void {
    const { coordinates, dimension, variances, options } = this.#points;
    const { rows, count } = this.#layout;
    const first = panel * 8;
    const last = Math.min(first + 8, count);
    this.evaluations += last - first;
    for (let position = first; position < last; position++) {
      const row = rows[position]!;
      if (row >= end) continue;
      if (position === query) {
        this.#found[index]!.offer(0, row);
        continue;
      }
      const explained = this.#products[(index & 3) * 8 + position - first]!;
      const p = variances[position]!;
      const least = this.#least[index]!;
      const square = squaredEuclidean(coordinates, query * dimension, coordinates, position * dimension, dimension);
      const greatest = this.#bounds.greatest(square, explained);
      if (greatest * greatest < least * least * p) continue;
      const both = covariance(options.kernel, options.variance, square);
      const correlation = residualCorrelation(both, explained, variances[query]!, p);
      this.#found[index]!.offer(residualDistance(correlation), row);
      this.#narrow(index, query);
    }
  }
}

function firstOf(rows: Int32Array, panel: number, count: number): number {
  let first = rows[panel * 8]!;
  for (let position = panel * 8 + 1; position < Math.min(panel * 8 + 8, count); position++) {
    first = Math.min(first, rows[position]!);
  }
  return first;
}
