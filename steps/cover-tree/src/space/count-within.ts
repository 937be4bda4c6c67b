/**
 * How many of some positions can matter to a point, of which those that matter farthest from a centre stand first.
 *
 * @param farthest how far from the centre at most a point is that each matters to; none rises.
 * @param distance of the point to the centre.
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
