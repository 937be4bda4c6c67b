/**
 * How many of some children, whose first stand farthest, can matter to a point.
 *
 * @param farthest how far from the parent at most a point is that a child matters to; none rises.
 * @param distance of the point to the parent.
 */
export function countWithin(farthest: readonly number[], distance: number): number {
  let low = 0;
  let high = farthest.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (farthest[middle]! < distance) high = middle;
    else low = middle + 1;
  }
  return low;
}
