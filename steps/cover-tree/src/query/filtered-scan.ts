import type { KernelMemory } from "../kernels/kernel-memory.ts";
import type { Kernels } from "../kernels/kernels.ts";
import { type FilterLayout, filterLimit } from "../layout/filter-layout.ts";
import { type Report, reported } from "../space/report.ts";
import { squaredEuclidean } from "../space/squared-euclidean.ts";
import type { Ask, Collector } from "./collector.ts";
import { newCollector } from "./new-collector.ts";
import type { Search } from "./search.ts";
import { squareLimit } from "./square-limit.ts";

/** Panels of the first piece of a scan, after which there are limits; each piece is twice as long as the one before. */
const FIRST_PIECE = 4;
const LONGEST_PIECE = 128;
/** Beyond this many reaches of the points a query's float32 form tells nothing. */
const FARTHEST = 2 ** 40;

/**
 * Every point, for 4 queries at a time: a float32 product leaves out what is surely beyond the limit, and the reference
 * function decides on the rest.
 */
export class FilteredScan implements Search {
  evaluations = 0;
  readonly #kernels: Kernels;
  readonly #layout: FilterLayout;
  readonly #report: Report;
  readonly #found: readonly Collector[];
  readonly #queries: Float32Array;
  readonly #limits: Float32Array;
  readonly #kept: Int32Array;
  readonly #lengths = new Float64Array(4);
  readonly #squares = new Float64Array(4);

  constructor(memory: KernelMemory, kernels: Kernels, layout: FilterLayout, report: Report, ask: Ask) {
    this.#kernels = kernels;
    this.#layout = layout;
    this.#report = report;
    this.#found = Array.from({ length: 4 }, () => newCollector(ask));
    this.#queries = memory.floats(layout.dimension * 4);
    this.#limits = memory.floats(4);
    this.#kept = memory.integers(LONGEST_PIECE * 2);
  }

  run(queries: Int32Array, ends: Int32Array, done: (index: number, found: Collector) => void): void {
    for (let first = 0; first < queries.length; first += 4) {
      const four = queries.subarray(first, first + 4);
      this.#scan(four, ends.subarray(first, first + 4));
      for (let lane = 0; lane < four.length; lane++) done(first + lane, this.#found[lane]!);
    }
  }

  #scan(queries: Int32Array, ends: Int32Array): void {
    const { count, dimension, panels, halfSquares } = this.#layout;
    for (let lane = 0; lane < 4; lane++) this.#enter(queries[lane], lane);
    const all = Math.ceil(count / 8);
    let length = FIRST_PIECE;
    for (let first = 0; first < all; first += length, length = Math.min(2 * length, LONGEST_PIECE)) {
      const piece = Math.min(length, all - first);
      const kept = this.#kernels.filter(
        this.#queries.byteOffset,
        panels.byteOffset + first * dimension * 32,
        halfSquares.byteOffset + first * 32,
        dimension,
        piece,
        this.#limits.byteOffset,
        this.#kept.byteOffset,
      );
      this.evaluations += piece * 8 * queries.length;
      for (let index = 0; index < kept; index++) {
        this.#decide(queries, ends, first + this.#kept[2 * index]!, this.#kept[2 * index + 1]!);
      }
    }
  }

  /** Puts a query into its lane; a lane without one keeps nothing. */
  #enter(query: number | undefined, lane: number): void {
    const { dimension, values, centre, scale, reach } = this.#layout;
    let square = 0;
    for (let column = 0; column < dimension; column++) {
      const moved = query === undefined ? 0 : (values[query * dimension + column]! - centre[column]!) * scale;
      const value = Math.fround(moved);
      this.#queries[column * 4 + lane] = value;
      square += value * value;
    }
    const length = Math.sqrt(square);
    this.#lengths[lane] = length <= FARTHEST * Math.max(reach, 1) ? length : Number.POSITIVE_INFINITY;
    if (query === undefined) {
      this.#squares[lane] = Number.NEGATIVE_INFINITY;
      this.#limits[lane] = Number.NEGATIVE_INFINITY;
    } else this.#narrow(lane);
  }

  /** Brings the limits of a lane in line with what was found for it. */
  #narrow(lane: number): void {
    const square = squareLimit(this.#found[lane]!.limit, this.#report);
    const length = this.#lengths[lane]!;
    this.#squares[lane] = square;
    this.#limits[lane] = length === Number.POSITIVE_INFINITY ? length : filterLimit(this.#layout, square, length);
  }

  #decide(queries: Int32Array, ends: Int32Array, panel: number, bits: number): void {
    const { count, dimension, rows, values } = this.#layout;
    for (let left = bits; left !== 0; ) {
      const bit = 31 - Math.clz32(left);
      left ^= 1 << bit;
      const lane = bit >> 3;
      const position = panel * 8 + (bit & 7);
      const query = queries[lane];
      if (query === undefined || position >= count || rows[position]! >= ends[lane]!) continue;
      const square = squaredEuclidean(values, query * dimension, values, position * dimension, dimension);
      if (square > this.#squares[lane]!) continue;
      this.#found[lane]!.offer(reported(square, this.#report), rows[position]!);
      this.#narrow(lane);
    }
  }
}
