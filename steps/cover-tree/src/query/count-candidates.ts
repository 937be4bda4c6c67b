/** How many rows of a tree queries may find, all of them together: those before the end of each. */
export function countCandidates(rows: Int32Array, ends: Int32Array): number {
  const sorted = rows.toSorted();
  return ends.reduce((sum, end) => sum + countBelow(sorted, end), 0);
}

function countBelow(sorted: Int32Array, end: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < end) low = middle + 1;
    else high = middle;
  }
  return low;
}
