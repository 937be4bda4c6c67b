import type { CheckConfig } from "./check-config.ts";
import { type Comparison, type Outcome, onBoth } from "./comparison.ts";
import { isWithin, judged, measure } from "./judge.ts";
import { variability } from "./variability.ts";

/** Compares the number of rows, and that of the source with its history. */
export async function rowCount(
  comparison: Comparison,
  check: Extract<CheckConfig, { type: "row_count" }>,
  history: readonly number[],
): Promise<Outcome> {
  const [source, target] = await onBoth(
    comparison,
    ({ from }, where) => `SELECT CAST(count(*) AS BIGINT) FROM ${from} ${where}`,
  );
  const measured = measure(Number(source[0]?.[0]), Number(target[0]?.[0]));
  const isGood = isWithin(measured, check.threshold);
  const counts = `${measured.source} rows in the source, ${measured.target} in the target`;
  if (!isGood || check.variability === undefined) {
    return { ...measured, status: judged(isGood, check.severity), detail: `${counts}.` };
  }
  const { isUsual, detail } = variability(measured.source, history, check.variability);
  return { ...measured, status: judged(isUsual, check.severity), detail: `${counts}; ${detail}.` };
}
