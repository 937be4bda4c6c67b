import { StepError } from "@orchestrate/sdk";
import type { PointSet } from "../points/point-set.ts";
import type { FunctionDistance } from "./distance.ts";
import { GatheredPositions } from "./gathered-positions.ts";
import type { RowName } from "./row-name.ts";
import type { Space } from "./space.ts";

/** Points under a distance that somebody else has written. */
export interface FunctionSpace extends Space {
  readonly kind: "function";
}

/**
 * @throws StepError `distance-not-a-number` (invariant) at the first pair whose distance is below 0 or not a number.
 */
export function functionSpace(points: PointSet, distance: FunctionDistance, name: RowName): FunctionSpace {
  const { count, dimension, values } = points;
  const rows = Array.from({ length: count }, (_, row) => values.subarray(row * dimension, (row + 1) * dimension));
  const between = (a: number, b: number) => {
    const apart = distance.between(rows[a]!, rows[b]!);
    if (typeof apart === "number" && apart >= 0) return apart;
    throw new StepError({
      error: "distance-not-a-number",
      category: "invariant",
      detail: `The distance "${distance.name}" gives ${String(apart)} for ${name(a)} and ${name(b)}.`,
      hint: "A distance must be a number that is not below 0.",
    });
  };
  const measure: Space["measure"] = (from, to, into) => {
    for (let index = 0; index < to.length; index++) into[index] = between(from, to[index]!);
  };
  return {
    kind: "function",
    count,
    metric: distance.metric,
    slack: distance.slack,
    between,
    measure,
    gathered: new GatheredPositions(measure),
    toMetric: (apart) => apart,
  };
}
