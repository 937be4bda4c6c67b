import type { PointSet } from "../points/point-set.ts";

/** Bits of a place on the curve, in all columns together. */
const BITS = 64;

/**
 * Positions from `from` to the end along a Hilbert curve through the box around them: between 1 and 16 bits for each of
 * the first 64 columns. Points of one cell stay in their order.
 *
 * J. Skilling, "Programming the Hilbert curve" (2004).
 */
export function hilbertOrder({ count, dimension, values }: PointSet, from: number): Int32Array {
  const columns = Math.min(dimension, BITS);
  const bits = Math.min(16, Math.floor(BITS / columns));
  const box = boxOf(values, from, count, dimension, columns);
  const high = new Float64Array(count);
  const low = new Float64Array(count);
  const cell = new Uint32Array(columns);
  for (let row = from; row < count; row++) {
    for (let column = 0; column < columns; column++) {
      const { least, width } = box[column]!;
      const share = width === 0 ? 0 : (values[row * dimension + column]! - least) / width;
      cell[column] = Math.min(2 ** bits - 1, Math.floor(share * 2 ** bits));
    }
    toCurve(cell, bits);
    const place = interleaved(cell, bits);
    high[row] = place.high;
    low[row] = place.low;
  }
  const order = Int32Array.from({ length: count - from }, (_, index) => from + index);
  return order.sort((a, b) => high[a]! - high[b]! || low[a]! - low[b]! || a - b);
}

function boxOf(values: Float64Array, from: number, count: number, dimension: number, columns: number) {
  return Array.from({ length: columns }, (_, column) => {
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (let row = from; row < count; row++) {
      least = Math.min(least, values[row * dimension + column]!);
      most = Math.max(most, values[row * dimension + column]!);
    }
    return { least, width: most - least };
  });
}

/** Turns the coordinates of a cell into the transposed place on the curve, in place. */
function toCurve(cell: Uint32Array, bits: number): void {
  const last = cell.length - 1;
  for (let bit = 2 ** (bits - 1); bit > 1; bit /= 2) {
    const lower = bit - 1;
    for (let column = 0; column <= last; column++) {
      if ((cell[column]! & bit) !== 0) cell[0]! ^= lower;
      else {
        const swapped = (cell[0]! ^ cell[column]!) & lower;
        cell[0]! ^= swapped;
        cell[column]! ^= swapped;
      }
    }
  }
  for (let column = 1; column <= last; column++) cell[column]! ^= cell[column - 1]!;
  let flips = 0;
  for (let bit = 2 ** (bits - 1); bit > 1; bit /= 2) if ((cell[last]! & bit) !== 0) flips ^= bit - 1;
  for (let column = 0; column <= last; column++) cell[column]! ^= flips;
}

/** Reads the bits of all columns from the highest down, as two numbers of 32 bits. */
function interleaved(cell: Uint32Array, bits: number): { readonly high: number; readonly low: number } {
  let high = 0;
  let low = 0;
  let read = 0;
  for (let bit = bits - 1; bit >= 0; bit--) {
    for (const value of cell) {
      const next = (value >>> bit) & 1;
      if (read++ < 32) high = high * 2 + next;
      else low = low * 2 + next;
    }
  }
  return { high, low };
}
