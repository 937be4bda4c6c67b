import { type CovarianceKind, covariance } from "./covariance.ts";

/** Steps for each unit of the squared distance, and squared distances that are told apart. */
const STEPS = 64;
const FARTHEST = 128;
/** Covers the rounding of covariances and of the comparisons that these bounds are used for. */
const MARGIN = 2 ** -40;

/**
 * Bounds of the covariance from a table, since it falls as the distance rises: most pairs are seen to be too far apart
 * without an exponential.
 */
export class CovarianceBounds {
  readonly #values: Float64Array;
  readonly #margin: number;

  constructor(kind: CovarianceKind, variance: number) {
    this.#margin = variance * MARGIN;
    const count = STEPS * FARTHEST + 2;
    this.#values = Float64Array.from({ length: count }, (_, step) =>
      step === count - 1 ? 0 : covariance(kind, variance, step / STEPS),
    );
  }

  /** At least the covariance less `explained`, by absolute value. */
  greatest(square: number, explained: number): number {
    const step = square < FARTHEST ? Math.trunc(square * STEPS) : STEPS * FARTHEST;
    const above = this.#values[step]! - explained;
    const below = explained - this.#values[step + 1]!;
    return (above > below ? above : below) + this.#margin;
  }
}
