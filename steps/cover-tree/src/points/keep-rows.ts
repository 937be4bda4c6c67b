import type { PointSet } from "./point-set.ts";

/** The points that are not removed, in their order. */
export function keepRows({ count, dimension, values }: PointSet, removed: Uint8Array): PointSet {
  const kept = Array.from({ length: count }, (_, row) => row).filter((row) => removed[row] === 0);
  const copy = new Float64Array(kept.length * dimension);
  for (const [place, row] of kept.entries()) {
    copy.set(values.subarray(row * dimension, (row + 1) * dimension), place * dimension);
  }
  return { count: kept.length, dimension, values: copy };
}
