import type { Gathered } from "./gathered.ts";
import type { Slack } from "./slack.ts";

/** Points under a distance, each addressed by its position. */
export interface Space {
  readonly count: number;
  /** Whether `toMetric` of a distance obeys the triangle inequality. */
  readonly metric: boolean;
  /** Of `toMetric`. */
  readonly slack: Slack;
  /** The distance that is reported between two positions: that of the reference function, to the last bit. */
  between(a: number, b: number): number;
  /** The metric distances from one position to several, written to `into` from its beginning. */
  measure(from: number, to: ArrayLike<number>, into: Float64Array): void;
  /** For what is compared with many others; there is one in a space. */
  readonly gathered: Gathered;
  /**
   * A reported distance as one that obeys the triangle inequality, where there is such. It never falls as its argument
   * rises.
   */
  toMetric(distance: number): number;
}
