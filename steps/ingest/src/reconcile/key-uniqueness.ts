import { quoteNames } from "../sql/quote.ts";
import type { Row } from "../table/row.ts";
import type { CheckConfig } from "./check-config.ts";
import { type Comparison, MOST_EXAMPLES, type Outcome, onBoth } from "./comparison.ts";
import { groupKey } from "./group-key.ts";
import { isWithin, judged, measure } from "./judge.ts";

/** Counts the keys that stand in more than one row or hold a null, on either side. */
export async function keyUniqueness(comparison: Comparison, { severity, threshold }: CheckConfig): Promise<Outcome> {
  const { key } = comparison;
  if (key.length === 0) return { status: "skipped", detail: "There is no key: neither config nor source names one." };
  const names = key.map(({ name }) => name);
  const isWrong = `count(*) > 1 OR ${names.map((name) => `${quoteNames([name])} IS NULL`).join(" OR ")}`;
  const wrong = (
    from: string,
    where: string,
  ) => `SELECT ${quoteNames(names)}, count(*) AS _ingest_rows FROM ${from} ${where}
    GROUP BY ${quoteNames(names)} HAVING ${isWrong}`;
  const [sources, targets] = await onBoth(
    comparison,
    ({ from }, where) => `SELECT CAST(count(*) AS BIGINT) FROM (${wrong(from, where)}) AS w`,
  );
  const examples = await onBoth(comparison, ({ from, dialect }, where) => {
    const { list } = groupKey(key, dialect);
    return `SELECT ${list}, CAST(_ingest_rows AS BIGINT) FROM (${wrong(from, where)}) AS w ORDER BY ${names.map((_, at) => at + 1).join(", ")} LIMIT ${MOST_EXAMPLES}`;
  });
  const [source, target] = [Number(sources[0]?.[0]), Number(targets[0]?.[0])];
  const worst = Math.max(source, target);
  const { percent } = measure(worst, 0);
  return {
    source,
    target,
    difference: worst,
    percent,
    status: judged(isWithin({ difference: worst, percent }, threshold), severity),
    detail: `${source} keys of the source and ${target} of the target stand in several rows or are null.`,
    examples: examples
      .flatMap((rows, at) => rows.map((row) => example(names, row, at === 0 ? "source" : "target")))
      .slice(0, MOST_EXAMPLES),
  };
}

function example(names: readonly string[], row: Row, side: string): Record<string, string | null> {
  const values = names.map((name, at) => [name, row[at] === null ? null : String(row[at])]);
  return { ...Object.fromEntries(values), side, rows: String(row.at(-1)) };
}
