import type { ResidualOptions } from "../residual/residual-options.ts";
import type { Preparation } from "./prepare-row.ts";
import type { Report } from "./report.ts";
import type { Slack } from "./slack.ts";

/** What a distance is chosen for. */
export interface DistanceContext {
  readonly count: number;
  readonly dimension: number;
}

/** A distance between points. Its name and options stand in every tree that was built by it. */
export type Distance = VectorDistance | ResidualDistance | FunctionDistance;

interface Named {
  readonly name: string;
  /** Plain JSON. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** The Euclidean distance of prepared rows, or what is reported of it. */
export interface VectorDistance extends Named {
  readonly kind: "vectors";
  readonly preparation: Preparation;
  readonly report: Report;
}

/** The residual correlation of a Gaussian process. */
export interface ResidualDistance extends Named {
  readonly kind: "residual";
  readonly process: ResidualOptions;
}

/** A function of two rows. It is computed in the step's own thread only. */
export interface FunctionDistance extends Named {
  readonly kind: "function";
  /**
   * Whether it obeys the triangle inequality. Without it every query looks at every point; where it is claimed wrongly,
   * a tree finds wrong neighbours, so triples are tried when a tree is built.
   */
  readonly metric: boolean;
  /** How far its squares are off by rounding. */
  readonly slack: Slack;
  between(a: Float64Array, b: Float64Array): number;
}
