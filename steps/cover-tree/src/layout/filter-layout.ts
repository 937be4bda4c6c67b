import type { KernelMemory } from "../kernels/kernel-memory.ts";
import type { Vectors } from "../space/vector-space.ts";

/** A rounding to float32, relative. */
const ROUNDING = 2 ** -24;

/**
 * Points in float32, as a filter before the reference function. They are moved by `centre` and scaled by a power of 2,
 * so that none of them lies farther than 2 columns' worth from 0 and neither offset nor size costs precision.
 */
export interface FilterLayout {
  readonly count: number;
  readonly dimension: number;
  /** By position: the row that is reported. */
  readonly rows: Int32Array;
  /** Prepared rows in float64, row by row. */
  readonly values: Float64Array;
  readonly centre: Float64Array;
  readonly scale: number;
  /** Panels of 8 points, column by column. */
  readonly panels: Float32Array;
  /** Half the squared length of each point; infinite where a panel is not full. */
  readonly halfSquares: Float32Array;
  /** The greatest length. */
  readonly reach: number;
}

/** @param rows of the positions that may be neighbours, the first ones of the space. */
export function filterLayout(memory: KernelMemory, points: Vectors, rows: Int32Array): FilterLayout {
  const { dimension, values } = points;
  const count = rows.length;
  const panels = Math.ceil(count / 8);
  const centre = meanOf(values, count, dimension);
  const scale = scaleOf(values, count, dimension, centre);
  const layout = {
    count,
    dimension,
    rows: memory.integers(count),
    values: memory.doubles(values.length),
    centre,
    scale,
    panels: memory.floats(panels * 8 * dimension),
    halfSquares: memory.floats(panels * 8).fill(Number.POSITIVE_INFINITY),
  };
  layout.rows.set(rows);
  layout.values.set(values);
  let reach = 0;
  for (let position = 0; position < count; position++) {
    const at = (position >> 3) * 8 * dimension + (position & 7);
    let square = 0;
    for (let column = 0; column < dimension; column++) {
      const value = Math.fround((values[position * dimension + column]! - centre[column]!) * scale);
      layout.panels[at + column * 8] = value;
      square += value * value;
    }
    layout.halfSquares[position] = square / 2;
    reach = Math.max(reach, Math.sqrt(square));
  }
  return { ...layout, reach };
}

/**
 * The limit of the filter for a query: no point at most √`square` away is beyond it.
 *
 * Let x, q be the moved and scaled points, X, Q their float32 forms and M the greatest |X|. Rounding moves a point by
 * at most u |x|, so |X − Q| ≤ √square · scale + u' (M + |Q|). The kernel computes h = |X|²/2 − X·Q, which is (|X − Q|²
 * − |Q|²)/2, with an error of at most u (n + 3) M |Q| + 2 u M² (Higham, γ of n; the product, the difference, and |X|²/2
 * as it is stored). The constants are rounded up; so is the limit.
 *
 * @param square in the units of the points; `length` is |Q|.
 */
export function filterLimit({ dimension, scale, reach }: FilterLayout, square: number, length: number): number {
  const near = Math.sqrt(square) * scale * (1 + 2 ** -40) + 1.1 * ROUNDING * (reach + length) + 2 ** -60;
  const error = 1.1 * ROUNDING * ((dimension + 3) * reach * length + 2 * reach * reach) + 2 ** -60;
  const limit = (near * near - length * length) / 2 + error;
  return limit + Math.abs(limit) * 2 ** -22;
}

function meanOf(values: Float64Array, count: number, dimension: number): Float64Array {
  const mean = new Float64Array(dimension);
  for (let index = 0; index < count * dimension; index++) mean[index % dimension]! += values[index]! / count;
  return mean;
}

/** A power of 2 that brings the greatest moved number to between 1/2 and 1. */
function scaleOf(values: Float64Array, count: number, dimension: number, centre: Float64Array): number {
  let greatest = 0;
  for (let index = 0; index < count * dimension; index++) {
    greatest = Math.max(greatest, Math.abs(values[index]! - centre[index % dimension]!));
  }
  return greatest === 0 ? 1 : 2 ** -Math.min(1000, Math.max(-1000, Math.ceil(Math.log2(greatest))));
}
