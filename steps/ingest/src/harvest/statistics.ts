import { json, z } from "@orchestrate/sdk";
import { orderedValue } from "../reconcile/comparable-text.ts";
import type { Side } from "../reconcile/side.ts";
import { quoteName } from "../sql/quote.ts";
import type { Column } from "../table/table-schema.ts";

const count = z.number().int().min(0);
const text = z.string().nullable();

/** What is known of the values of a column. Values are told as text. */
export const ColumnStatistics = z.strictObject({
  null_count: count,
  distinct_count: count,
  min_value: text,
  max_value: text,
  /** Characters; null for what is no text. */
  min_length: count.nullable(),
  max_length: count.nullable(),
  avg_length: z.number().nullable(),
  /** The most digits of a number, before and behind the point. */
  digits: count.nullable(),
  /** Rows in as many parts of equal width between least and greatest; for numbers only. */
  histogram: z.array(count).nullable(),
});

export type ColumnStatistics = z.infer<typeof ColumnStatistics>;

export const TableStatistics = z.strictObject({
  schema: z.literal("orchestrate.ingest-statistics/1"),
  row_count: count,
  columns: z.record(z.string(), ColumnStatistics),
  /** What stands out: many nulls, most rows in one place, numbers of more digits than engines hold. */
  quality: z.array(
    z.strictObject({
      column: z.string(),
      flag: z.enum(["high_null_ratio", "skewed_distribution", "requires_precision_cap"]),
    }),
  ),
});

export type TableStatistics = z.infer<typeof TableStatistics>;

export const statisticsArtifact = json("statistics.json", TableStatistics, { kind: "ingest/statistics" });

/** Looks at every value of the columns, column by column. */
export async function harvestStatistics(
  side: Side,
  columns: readonly Column[],
  buckets: number,
): Promise<TableStatistics> {
  const [row = []] = await side.query(`SELECT CAST(count(*) AS BIGINT) FROM ${side.from}`);
  const rows = Number(row[0]);
  const found: [string, ColumnStatistics][] = [];
  for (const column of columns) found.push([column.name, await columnStatistics(side, column, buckets)]);
  return {
    schema: "orchestrate.ingest-statistics/1",
    row_count: rows,
    columns: Object.fromEntries(found),
    quality: found.flatMap(([column, each]) => flagsOf(each, rows).map((flag) => ({ column, flag }))),
  };
}

async function columnStatistics(side: Side, column: Column, buckets: number): Promise<ColumnStatistics> {
  const { name, type } = column;
  const place = quoteName(name);
  const shown = `CAST(${place} AS VARCHAR)`;
  const ordered = orderedValue(column, side.dialect);
  const isExact = type.type === "integer" || type.type === "decimal";
  const lengths = HAVE_LENGTH.has(type.type) ? `length(${shown})` : NOTHING;
  const digits = isExact ? `length(replace(replace(${shown}, '-', ''), '.', ''))` : NOTHING;
  const list = [
    `count(*) - count(${place})`,
    `count(DISTINCT ${ordered})`,
    `min(${ordered})`,
    `max(${ordered})`,
    `min(${lengths})`,
    `max(${lengths})`,
    `avg(${lengths})`,
    `max(${digits})`,
  ].map((each) => `CAST(${each} AS VARCHAR)`);
  const [row = []] = await side.query(`SELECT ${list.join(", ")} FROM ${side.from}`);
  const told = row.map((value) => (value === null ? null : String(value)));
  const numeric = (at: number) => (told[at] === null || told[at] === undefined ? null : Number(told[at]));
  return {
    null_count: Number(told[0]),
    distinct_count: Number(told[1]),
    min_value: told[2] ?? null,
    max_value: told[3] ?? null,
    min_length: numeric(4),
    max_length: numeric(5),
    avg_length: numeric(6) === null ? null : Number(numeric(6)!.toFixed(3)),
    digits: numeric(7),
    histogram: isExact || type.type === "float" ? await histogram(side, place, told[2], told[3], buckets) : null,
  };
}

/** PostgreSQL takes no average of what has no type. */
const NOTHING = "CAST(NULL AS BIGINT)";

const HAVE_LENGTH: ReadonlySet<Column["type"]["type"]> = new Set(["text", "json", "other"]);

async function histogram(
  { from, query }: Side,
  place: string,
  least: string | null | undefined,
  greatest: string | null | undefined,
  buckets: number,
): Promise<number[] | null> {
  if (least === null || least === undefined || greatest === null || greatest === undefined || buckets === 0)
    return null;
  const [low, width] = [Number(least), (Number(greatest) - Number(least)) / buckets];
  if (!Number.isFinite(low) || !Number.isFinite(width)) return null;
  const at = width === 0 ? "0" : `floor((CAST(${place} AS DOUBLE PRECISION) - ${low}) / ${width})`;
  const counted = await query(
    `SELECT CAST(${at} AS BIGINT), CAST(count(*) AS BIGINT) FROM ${from} WHERE ${place} IS NOT NULL GROUP BY 1`,
  );
  const parts = new Array<number>(buckets).fill(0);
  for (const [bucket, rows] of counted) {
    const part = Math.max(0, Math.min(buckets - 1, Number(bucket)));
    parts[part] = (parts[part] ?? 0) + Number(rows);
  }
  return parts;
}

function flagsOf(
  { null_count, digits, histogram: parts }: ColumnStatistics,
  rows: number,
): TableStatistics["quality"][number]["flag"][] {
  const filled = rows - null_count;
  return [
    ...(rows > 0 && null_count / rows > 0.5 ? ["high_null_ratio" as const] : []),
    ...(parts !== null && filled >= 100 && Math.max(...parts) / filled > 0.9 ? ["skewed_distribution" as const] : []),
    ...(digits !== null && digits > 38 ? ["requires_precision_cap" as const] : []),
  ];
}
