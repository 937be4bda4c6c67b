import { unreachable } from "../unreachable.ts";

/**
 * What is reported of the squared Euclidean distance of two prepared rows: its root, the angle between unit vectors
 * (radians), or half of it, which for unit vectors is one less their product.
 */
export type Report = "root" | "angle" | "half-square";

/** The distance that is reported. */
export function reported(square: number, report: Report): number {
  switch (report) {
    case "root":
      return Math.sqrt(square);
    case "angle":
      return 2 * Math.asin(Math.min(1, Math.sqrt(square) / 2));
    case "half-square":
      return square / 2;
    default:
      return unreachable(report);
  }
}

/**
 * The way back, within a few roundings: the Euclidean distance of the prepared rows, for which the triangle inequality
 * holds.
 */
export function metricOf(distance: number, report: Report): number {
  switch (report) {
    case "root":
      return distance;
    case "angle":
      return distance >= Math.PI ? 2 : 2 * Math.sin(distance / 2);
    case "half-square":
      return Math.sqrt(2 * distance);
    default:
      return unreachable(report);
  }
}
