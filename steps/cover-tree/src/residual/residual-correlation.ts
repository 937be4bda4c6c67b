/**
 * The residual correlation of two points: of what is left of their covariance once the inducing points have explained
 * theirs. It is (K − V·V) over the root of both residual variances, within [-1, 1].
 */
export function residualCorrelation(covariance: number, explained: number, p: number, q: number): number {
  const correlation = (covariance - explained) / Math.sqrt(p * q);
  return Math.max(-1, Math.min(1, correlation));
}

/**
 * The distance √(1 − |ρ|). For unit vectors u and v with product ρ it is the lesser of |u − v| and |u + v|, over √2: a
 * metric on lines through the origin, and 0 where ρ is 1 or -1.
 */
export function residualDistance(correlation: number): number {
  return Math.sqrt(1 - Math.abs(correlation));
}

/** The product of two rows, added up in the order of the columns: the reference, as `squaredEuclidean` is. */
export function product(a: Float64Array, at: number, b: Float64Array, bt: number, width: number): number {
  let sum = 0;
  for (let column = 0; column < width; column++) sum += a[at + column]! * b[bt + column]!;
  return sum;
}
