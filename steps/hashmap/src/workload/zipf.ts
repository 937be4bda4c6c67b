/**
 * Draws ranks from 0 to `count` - 1 with P(k) in proportion to 1 / (k + 1)^skew; a skew of 0 is uniform.
 * `uniform` gives numbers in [0, 1).
 */
export function zipf(count: number, skew: number, uniform: () => number): () => number {
  if (skew === 0) return () => Math.floor(uniform() * count);
  const cumulative = new Float64Array(count);
  let total = 0;
  for (let rank = 0; rank < count; rank++) cumulative[rank] = total += (rank + 1) ** -skew;
  return () => firstAbove(cumulative, uniform() * total);
}

/** The first index whose value is above `value`; the last one where none is. */
function firstAbove(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
