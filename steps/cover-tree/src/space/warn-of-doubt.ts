import type { Log } from "@orchestrate/sdk";
import type { AnySpace } from "./open-space.ts";

/** Tells of points whose residual variance is so small that rounding decides about their correlations. */
export function warnOfDoubt(space: AnySpace, log: Log): void {
  if (space.kind !== "residual" || space.points.doubtful === 0) return;
  const { doubtful, least } = space.points;
  log.warn(
    `The residual variance of ${doubtful} points is below 1,000 times its rounding error, the least is ${least}: their correlations mean little. Raise nugget.`,
  );
}
