import type { Vectors } from "../space/vector-space.ts";
import { BLOCK, FAN } from "./block-layout.ts";

/**
 * Positions in an order in which blocks are compact: halved again and again at the column in which they spread most, so
 * that each box of the layout holds what was not parted.
 */
export function halvedOrder({ values, dimension }: Vectors, start: Int32Array): Int32Array {
  const order = Int32Array.from(start);
  const open = [{ from: 0, to: order.length }];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const { from, to } = part;
    const blocks = Math.ceil((to - from) / BLOCK);
    if (blocks < 2) continue;
    const column = widestColumn(values, dimension, order, from, to);
    const middle = from + leftHalf(blocks) * BLOCK;
    const keys = new Float64Array(to - from);
    select(order, from, to, middle, (position) => values[position * dimension + column]!, keys);
    open.push({ from, to: middle }, { from: middle, to });
  }
  return order;
}

/** About half of the blocks: whole boxes of the largest size of which there are several. */
function leftHalf(blocks: number): number {
  let box = 1;
  while (box * FAN < blocks) box *= FAN;
  return Math.ceil(blocks / box / 2) * box;
}

function widestColumn(values: Float64Array, dimension: number, order: Int32Array, from: number, to: number): number {
  let widest = 0;
  let most = -1;
  for (let column = 0; column < dimension; column++) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let place = from; place < to; place++) {
      const value = values[order[place]! * dimension + column]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (high - low > most) {
      most = high - low;
      widest = column;
    }
  }
  return widest;
}

/**
 * Puts the smallest before `middle` (Hoare's selection), by key and then by what is ordered, so that ties harm nothing.
 */
function select(
  order: Int32Array,
  from: number,
  to: number,
  middle: number,
  keyOf: (position: number) => number,
  keys: Float64Array,
): void {
  for (let place = from; place < to; place++) keys[place - from] = keyOf(order[place]!);
  let low = from;
  let high = to - 1;
  while (low < high) {
    const pivot = keys[((low + high) >> 1) - from]!;
    let left = low;
    let right = high;
    while (left <= right) {
      while (keys[left - from]! < pivot) left++;
      while (keys[right - from]! > pivot) right--;
      if (left > right) break;
      const key = keys[left - from]!;
      keys[left - from] = keys[right - from]!;
      keys[right - from] = key;
      const position = order[left]!;
      order[left++] = order[right]!;
      order[right--] = position;
    }
    if (middle <= right) high = right;
    else if (middle >= left) low = left;
    else return;
  }
}
