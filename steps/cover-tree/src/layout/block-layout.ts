import type { KernelMemory } from "../kernels/kernel-memory.ts";
import type { Vectors } from "../space/vector-space.ts";

/** Points of a block: as many as one call of a kernel and one look at a box are well spent on. */
export const BLOCK = 32;
/** Blocks, or boxes, of a box. */
export const FAN = 8;
/** The row where a block is not full: behind all others. */
export const NO_ROW = 2 ** 31 - 1;

/** Prepared rows in blocks of 32 that lie together, and the bounding boxes of blocks, of 8 such boxes, and so on. */
export interface BlockLayout {
  readonly blocks: number;
  readonly dimension: number;
  /** By place: the row that is reported. */
  readonly rows: Int32Array;
  /** The points of each block as 4 panels of 8; not-a-number where a block is not full. */
  readonly panels: Float64Array;
  /** From the blocks' boxes up to those of which at most 8 are left. */
  readonly storeys: readonly Storey[];
}

/**
 * Boxes of one size, in panels of 8: of each column the least and then the greatest of the 8; not-a-number where there
 * is none.
 */
export interface Storey {
  readonly boxes: Float64Array;
  /** Of each box, the smallest row in it. */
  readonly firstRows: Int32Array;
}

/** Lays positions out in this order, 32 to a block. */
export function blockLayout(memory: KernelMemory, points: Vectors, rows: Int32Array, order: Int32Array): BlockLayout {
  const { dimension, values } = points;
  const blocks = Math.ceil(order.length / BLOCK);
  const placed = memory.integers(blocks * BLOCK).fill(NO_ROW);
  const panels = memory.doubles(blocks * BLOCK * dimension).fill(Number.NaN);
  for (const [place, position] of order.entries()) {
    placed[place] = rows[position]!;
    const panel = (place >> 3) * 8 * dimension + (place & 7);
    for (let column = 0; column < dimension; column++) {
      panels[panel + column * 8] = values[position * dimension + column]!;
    }
  }
  const storeys = [storeyOf(memory, dimension, blocks, panels, panels, BLOCK / 8, placed)];
  for (let count = blocks; count > FAN; ) {
    const below = storeys.at(-1)!;
    const lows = everyOther(below.boxes, 0);
    const highs = everyOther(below.boxes, 8);
    count = Math.ceil(count / FAN);
    storeys.push(storeyOf(memory, dimension, count, lows, highs, 1, below.firstRows));
  }
  return { blocks, dimension, rows: placed, panels, storeys };
}

/** The panels of least, or of greatest, numbers. */
function everyOther(boxes: Float64Array, from: number): Float64Array {
  const half = new Float64Array(boxes.length / 2);
  for (let at = 0; at < half.length; at += 8) half.set(boxes.subarray(2 * at + from, 2 * at + from + 8), at);
  return half;
}

/**
 * The boxes around groups of panels.
 *
 * @param lows panels of which the least count; `highs` those of which the greatest do.
 * @param panels how many of them a box holds.
 * @param inner the smallest row of each number of a panel's row.
 */
function storeyOf(
  memory: KernelMemory,
  dimension: number,
  count: number,
  lows: Float64Array,
  highs: Float64Array,
  panels: number,
  inner: Int32Array,
): Storey {
  const groups = Math.ceil(count / FAN);
  const boxes = memory.doubles(groups * 16 * dimension).fill(Number.NaN);
  const firstRows = memory.integers(groups * FAN).fill(NO_ROW);
  for (let box = 0; box < count; box++) {
    const at = Math.floor(box / FAN) * 16 * dimension + (box % FAN);
    for (let column = 0; column < dimension; column++) {
      let low = Number.POSITIVE_INFINITY;
      let high = Number.NEGATIVE_INFINITY;
      for (let panel = box * panels; panel < (box + 1) * panels; panel++) {
        const from = (panel * dimension + column) * 8;
        for (let lane = from; lane < from + 8; lane++) {
          if (lows[lane]! < low) low = lows[lane]!;
          if (highs[lane]! > high) high = highs[lane]!;
        }
      }
      boxes[at + column * 16] = low;
      boxes[at + column * 16 + 8] = high;
    }
    for (let each = box * panels * 8; each < (box + 1) * panels * 8; each++) {
      firstRows[box] = Math.min(firstRows[box]!, inner[each]!);
    }
  }
  return { boxes, firstRows };
}
