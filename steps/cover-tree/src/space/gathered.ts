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
  /**
   * Chooses for each of several positions the nearest of those it is near to.
   *
   * @param distances how far each position lies from a centre; gets the metric distance to what was chosen, where there
   * is such.
   * @param farthest up to which of these each that was gathered can matter; none rises.
   * @param chosen gets a place among what was gathered, counted from 1, or 0.
   * @returns how many distances were computed.
   */
  nearest(positions: Int32Array, distances: Float64Array, farthest: readonly number[], chosen: Int32Array): number;
  /** The places of what was found among the positions, in rising order. */
  readonly places: Int32Array;
  /** The metric distances of what was found. */
  readonly distances: Float64Array;
}
