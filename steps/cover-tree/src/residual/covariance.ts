import { unreachable } from "../unreachable.ts";

/** How covariance falls with distance: squared exponential, or Matérn with smoothness 5/2. */
export type CovarianceKind = "rbf" | "matern52";

/**
 * The covariance of two points of a stationary process (Rasmussen and Williams, "Gaussian Processes for Machine
 * Learning", 4.2).
 *
 * @param square their squared distance in lengthscales.
 */
export function covariance(kind: CovarianceKind, variance: number, square: number): number {
  switch (kind) {
    case "rbf":
      return variance * Math.exp(-0.5 * square);
    case "matern52": {
      const scaled = Math.sqrt(5 * square);
      const falling = Math.exp(-scaled);
      // The other factor may be infinite there.
      return falling === 0 ? 0 : variance * (1 + scaled + (scaled * scaled) / 3) * falling;
    }
    default:
      return unreachable(kind);
  }
}
