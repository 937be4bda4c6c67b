import type { Report } from "../space/report.ts";
import { metricOf } from "../space/report.ts";

/** More than squares below about 1e-308 lose of their digits. */
const LOST = 2 ** -1000;

/**
 * A bound that no square exceeds of which at most `distance` is reported. It leaves room for some hundred roundings.
 */
export function squareLimit(distance: number, report: Report): number {
  const metric = metricOf(distance, report);
  return metric * metric * (1 + 2 ** -45) + LOST;
}
