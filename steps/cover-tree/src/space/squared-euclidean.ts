/**
 * The squared Euclidean distance of two rows: squares of differences, added up in the order of the columns, one
 * rounding after each operation. It is the reference: whatever is reported was computed by it, or by code that does the
 * very same operations.
 *
 * @param at where the row begins in `a`.
 */
export function squaredEuclidean(a: Float64Array, at: number, b: Float64Array, bt: number, dimension: number): number {
  let sum = 0;
  for (let column = 0; column < dimension; column++) {
    const difference = a[at + column]! - b[bt + column]!;
    sum += difference * difference;
  }
  return sum;
}
