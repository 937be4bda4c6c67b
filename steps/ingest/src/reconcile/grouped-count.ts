import { findColumn } from "../table/table-schema.ts";
import type { CheckConfig } from "./check-config.ts";
import { type Comparison, MOST_EXAMPLES, type Outcome, onBoth } from "./comparison.ts";
import { groupKey } from "./group-key.ts";
import { isWithin, judged, measure } from "./judge.ts";

/**
 * Compares the number of rows of each group. Every group keeps to the thresholds by itself; one that is null is a
 * group.
 */
export async function groupedCount(
  comparison: Comparison,
  check: Extract<CheckConfig, { type: "grouped_count" }>,
): Promise<Outcome> {
  const columns = check.groupBy.map((name) => findColumn(comparison, name)!);
  const [source, target] = await onBoth(comparison, ({ from, dialect }, where) => {
    const { list, grouping } = groupKey(columns, dialect);
    return `SELECT ${list}, CAST(count(*) AS BIGINT) FROM ${from} ${where} GROUP BY ${grouping}`;
  });
  const groups = new Map<string, { readonly values: readonly (string | null)[]; source: number; target: number }>();
  for (const [rows, side] of [
    [source, "source"],
    [target, "target"],
  ] as const) {
    for (const row of rows) {
      const values = row.slice(0, -1).map((value) => (value === null ? null : String(value)));
      const key = JSON.stringify(values);
      const group = groups.get(key) ?? { values, source: 0, target: 0 };
      group[side] = Number(row.at(-1));
      groups.set(key, group);
    }
  }
  const wrong = [...groups.entries()]
    .filter(([, group]) => !isWithin(measure(group.source, group.target), check.threshold))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => group);
  return {
    ...measure(groups.size, groups.size - wrong.length),
    status: judged(wrong.length === 0, check.severity),
    detail: `${wrong.length} of ${groups.size} groups differ.`,
    examples: wrong.slice(0, MOST_EXAMPLES).map((group) => ({
      ...Object.fromEntries(columns.map(({ name }, at) => [name, group.values[at] ?? null])),
      source_count: String(group.source),
      target_count: String(group.target),
    })),
  };
}
