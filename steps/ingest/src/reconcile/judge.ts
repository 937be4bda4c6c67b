import type { CheckConfig } from "./check-config.ts";
import type { CheckStatus } from "./check-result.ts";

/** Two numbers, and by how much they differ. */
export interface Measured {
  readonly source: number;
  readonly target: number;
  readonly difference: number;
  readonly percent: number | null;
}

export function measure(source: number, target: number): Measured {
  const difference = Math.abs(target - source);
  const percent = difference === 0 ? 0 : source === 0 ? null : (difference / Math.abs(source)) * 100;
  return { source, target, difference, percent };
}

/**
 * Whether a difference keeps to the thresholds: to each that is given, and to 0 where none is. A percentage of nothing
 * is beyond every percentage.
 */
export function isWithin(
  { difference, percent }: Pick<Measured, "difference" | "percent">,
  threshold: CheckConfig["threshold"],
): boolean {
  const { absolute, percent: most } = threshold;
  if (absolute === undefined && most === undefined) return difference === 0;
  if (absolute !== undefined && difference > absolute) return false;
  return most === undefined || (percent !== null && percent <= most);
}

/** What a check comes to. */
export function judged(isGood: boolean, severity: CheckConfig["severity"]): CheckStatus {
  return isGood ? "pass" : severity;
}

/** The gravest of several. */
export function gravest(statuses: readonly CheckStatus[]): CheckStatus {
  const order: readonly CheckStatus[] = ["error", "fail", "warn", "pass", "skipped"];
  return order.find((status) => statuses.includes(status)) ?? "skipped";
}
