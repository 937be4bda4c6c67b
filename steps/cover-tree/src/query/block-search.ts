import type { KernelMemory } from "../kernels/kernel-memory.ts";
import type { Kernels } from "../kernels/kernels.ts";
import { BLOCK, type BlockLayout, FAN } from "../layout/block-layout.ts";
import { reported } from "../space/report.ts";
import type { Vectors } from "../space/vector-space.ts";
import type { Ask, Collector } from "./collector.ts";
import { newCollector } from "./new-collector.ts";
import type { Search } from "./search.ts";
import { squareLimit } from "./square-limit.ts";

/** Neighbours by blocks of 32 points: the nearest box first, and none that lies beyond the limit. */
export class BlockSearch implements Search {
  evaluations = 0;
  readonly #layout: BlockLayout;
  readonly #kernels: Kernels;
  readonly #points: Vectors;
  readonly #found: Collector;
  readonly #query: Float64Array;
  readonly #squares: Float64Array;
  readonly #gaps: Float64Array;
  /** Boxes that are still to be looked at, the next one last. */
  readonly #open: { readonly storeys: Int32Array; readonly boxes: Int32Array; readonly gaps: Float64Array };

  constructor(memory: KernelMemory, kernels: Kernels, layout: BlockLayout, points: Vectors, ask: Ask) {
    this.#found = newCollector(ask);
    this.#layout = layout;
    this.#kernels = kernels;
    this.#points = points;
    this.#query = memory.doubles(layout.dimension);
    this.#squares = memory.doubles(BLOCK);
    this.#gaps = memory.doubles(FAN);
    const depth = layout.storeys.length * FAN;
    this.#open = {
      storeys: new Int32Array(depth),
      boxes: new Int32Array(depth),
      gaps: new Float64Array(depth),
    };
  }

  run(queries: Int32Array, ends: Int32Array, done: (index: number, found: Collector) => void): void {
    const { dimension, values } = this.#points;
    for (const [index, query] of queries.entries()) {
      this.#query.set(values.subarray(query * dimension, (query + 1) * dimension));
      this.#find(ends[index]!);
      done(index, this.#found);
    }
  }

  #find(end: number): void {
    const { storeys, boxes, gaps } = this.#open;
    let limit = squareLimit(this.#found.limit, this.#points.report);
    let open = this.#openPanel(this.#layout.storeys.length - 1, 0, limit, end, 0);
    while (open > 0) {
      open--;
      if (gaps[open]! > limit) continue;
      const box = boxes[open]!;
      if (storeys[open]! === 0) limit = this.#scan(box, limit, end);
      else open = this.#openPanel(storeys[open]! - 1, box, limit, end, open);
    }
  }

  /** Adds the boxes of a panel to those that are open, the nearest last. */
  #openPanel(storey: number, panel: number, limit: number, end: number, from: number): number {
    const { dimension } = this.#layout;
    const { boxes, firstRows } = this.#layout.storeys[storey]!;
    const measured = this.#gaps;
    const at = boxes.byteOffset + panel * 16 * dimension * 8;
    let near = this.#kernels.gaps(this.#query.byteOffset, at, dimension, limit, measured.byteOffset);
    this.evaluations += FAN;
    const open = this.#open;
    let count = from;
    while (near !== 0) {
      const lane = 31 - Math.clz32(near);
      near ^= 1 << lane;
      const box = panel * FAN + lane;
      if (firstRows[box]! >= end) continue;
      const gap = measured[lane]!;
      let place = count++;
      for (; place > from && open.gaps[place - 1]! < gap; place--) {
        open.gaps[place] = open.gaps[place - 1]!;
        open.boxes[place] = open.boxes[place - 1]!;
      }
      open.gaps[place] = gap;
      open.boxes[place] = box;
    }
    open.storeys.fill(storey, from, count);
    return count;
  }

  /** @returns the limit after a block was looked through. */
  #scan(block: number, before: number, end: number): number {
    const { dimension, panels, rows } = this.#layout;
    const squares = this.#squares;
    const at = panels.byteOffset + block * BLOCK * dimension * 8;
    let near = this.#kernels.squares(this.#query.byteOffset, at, dimension, before, squares.byteOffset);
    this.evaluations += BLOCK;
    let limit = before;
    while (near !== 0) {
      const lane = 31 - Math.clz32(near);
      near ^= 1 << lane;
      const row = rows[block * BLOCK + lane]!;
      if (row >= end || squares[lane]! > limit) continue;
      this.#found.offer(reported(squares[lane]!, this.#points.report), row);
      limit = squareLimit(this.#found.limit, this.#points.report);
    }
    return limit;
  }
}
