/** Some positions of a space, side by side, for others to be compared with them again and again. */
export interface Gathered {
  /**
   * Takes these positions, each at most once, in place of those before.
   *
   * @param limits the metric distance up to which each is near.
   */
  gather(positions: ArrayLike<number>, limits: ArrayLike<number>): void;
  /**
   * Looks which of the first `count` of them are near a position, and no farther than `most`.
   *
   * @returns how many; `places` and `distances` hold what was found until the next call.
   */
  within(from: number, count: number, most: number): number;
  /** The places of what was found among the positions, in rising order. */
  readonly places: Int32Array;
  /** The metric distances of what was found. */
  readonly distances: Float64Array;
}
