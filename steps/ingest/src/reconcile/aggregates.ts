import { quoteName } from "../sql/quote.ts";
import { type Column, findColumn } from "../table/table-schema.ts";
import type { CheckConfig } from "./check-config.ts";
import { comparableText, orderedValue } from "./comparable-text.ts";
import { type Comparison, MOST_EXAMPLES, type Outcome, onBoth } from "./comparison.ts";
import type { HashingDialect } from "./encoding-sql.ts";
import { isWithin, judged, measure } from "./judge.ts";
import { measureTexts } from "./measure-texts.ts";

type Check = Extract<CheckConfig, { type: "aggregates" }>;
type Function = Check["functions"][number];

/** Compares sums, bounds and counts. Each keeps to the thresholds by itself; what is no number must be equal. */
export async function aggregates(comparison: Comparison, check: Check): Promise<Outcome> {
  const wanted = check.columns.flatMap((name) => {
    const column = findColumn(comparison, name)!;
    return check.functions.filter((each) => isOf(each, column)).map((each) => ({ column, function: each }));
  });
  const [sources, targets] = await onBoth(comparison, ({ from, dialect }, where) => {
    const list = wanted.map((each) => expression(each.function, each.column, dialect));
    return `SELECT ${list.join(", ")} FROM ${from} ${where}`;
  });
  const compared = wanted.map((each, at) => ({
    name: `${each.function}(${each.column.name})`,
    source: text(sources[0]?.[at]),
    target: text(targets[0]?.[at]),
  }));
  const wrong = compared.filter(({ source, target }) => !agree(source, target, check.threshold));
  return {
    ...measure(compared.length, compared.length - wrong.length),
    status: judged(wrong.length === 0, check.severity),
    detail: `${wrong.length} of ${compared.length} aggregates differ.`,
    examples: wrong.slice(0, MOST_EXAMPLES).map(({ name, source, target }) => ({ aggregate: name, source, target })),
  };
}

function isOf(each: Function, { type }: Column): boolean {
  return each !== "sum" || type.type === "integer" || type.type === "decimal" || type.type === "float";
}

function expression(each: Function, column: Column, dialect: HashingDialect): string {
  const place = quoteName(column.name);
  switch (each) {
    case "sum":
      return `CAST(sum(${column.type.type === "decimal" && dialect === "duckdb" && column.type.precision === null ? `CAST(${place} AS DOUBLE)` : place}) AS VARCHAR)`;
    case "nulls":
      return `CAST(count(*) - count(${place}) AS VARCHAR)`;
    case "distinct":
      return `CAST(count(DISTINCT ${comparableText(column, dialect)}) AS VARCHAR)`;
    case "min":
    case "max":
      return `CAST(${each}(${orderedValue(column, dialect)}) AS VARCHAR)`;
    default:
      return each satisfies never;
  }
}

function text(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

function agree(source: string | null, target: string | null, threshold: Check["threshold"]): boolean {
  if (source === target) return true;
  if (source === null || target === null) return false;
  const measured = measureTexts(source, target);
  return measured !== undefined && isWithin(measured, threshold);
}
