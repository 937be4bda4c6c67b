import { StepError, z } from "@orchestrate/sdk";
import { quoteName } from "../sql/quote.ts";
import { fromText, typedLiteral } from "../sql/typed.ts";
import type { Column } from "../table/table-schema.ts";
import type { Extraction } from "./extraction.ts";
import { countSlices, Slice, slicesOf } from "./plan-slices.ts";
import { SPOOL, spool } from "./spool.ts";
import { startOf } from "./watermark.ts";

/** What a load reads: slices up to `upTo`, which is null where there is nothing behind the start. */
export const SlicePlan = z.strictObject({ upTo: z.string().nullable(), slices: z.array(Slice) });
export type SlicePlan = z.infer<typeof SlicePlan>;

const KEPT = "plan.json";

/** A plan as it is kept, with what it was made of. */
const KeptPlan = SlicePlan.extend({ origin: z.string() });

/**
 * The plan of a load. Where an earlier attempt from the same start has kept one, its slices stay as they are, so that
 * what is staged is found again, and slices for what has come since are added; these go back by the lag, within which a
 * row may have come late meanwhile.
 */
export async function slicePlan(extraction: Extraction, lag: number): Promise<SlicePlan> {
  const { cursor } = extraction;
  const kept = await keptPlan(extraction);
  if (kept === undefined || kept.upTo === null) return keep(extraction, await observe(extraction, extraction.after, 0));
  const after = String(startOf({ column: cursor.name, type: cursor.type, value: kept.upTo }, lag));
  const more = await observe(extraction, after, kept.slices.length);
  if (more.upTo === null) return kept;
  return keep(extraction, { upTo: more.upTo, slices: [...kept.slices, ...more.slices] });
}

/**
 * Whether a plan needs no staging: a source that is read as a whole is read again for every plan, and so by any
 * attempt.
 */
export function isAtHand({ reads }: Extraction, { slices }: SlicePlan): boolean {
  return reads === "whole" && slices.length <= 1;
}

/** What an earlier attempt has staged of something else goes. */
async function keptPlan({ area, origin }: Extraction): Promise<SlicePlan | undefined> {
  const text = await area.kept(KEPT);
  if (text === undefined) return undefined;
  const { origin: of, ...plan } = KeptPlan.parse(JSON.parse(text));
  if (of === origin) return plan;
  await area.clear();
  return undefined;
}

async function keep(extraction: Extraction, plan: SlicePlan): Promise<SlicePlan> {
  const { area, origin } = extraction;
  if (plan.upTo !== null && !isAtHand(extraction, plan)) await area.keep(KEPT, JSON.stringify({ origin, ...plan }));
  return plan;
}

/** Which rows lie behind a value of the cursor, or can't be placed. */
export function behind(cursor: Column, after: string | null): string {
  const place = quoteName(cursor.name);
  return after === null ? "TRUE" : `(${place} > ${typedLiteral(after, cursor.type)} OR ${place} IS NULL)`;
}

/** Looks at the cursors behind a value and cuts them into slices, which are numbered from `first` on. */
async function observe(extraction: Extraction, after: string | null, first: number): Promise<SlicePlan> {
  const { cursor, limits, duckdb, label } = extraction;
  const place = quoteName(cursor.name);
  const table = await cursorValues(extraction, after);
  const where = `FROM ${table} WHERE ${behind(cursor, after)}`;
  const [row = []] = await duckdb.rows(
    `SELECT count(*), CAST(min(${place}) AS VARCHAR), CAST(max(${place}) AS VARCHAR), count(*) FILTER (${place} IS NULL) ${where}`,
  );
  const [rows, least, greatest, nulls] = row;
  if (Number(nulls) > 0) throw cursorNull(cursor.name, Number(nulls));
  if (typeof least !== "string" || typeof greatest !== "string") return { upTo: null, slices: [] };
  const count = countSlices({ rows: Number(rows), least, greatest }, cursor.type, limits);
  const shares = Array.from({ length: count - 1 }, (_, at) => (at + 1) / count).join(", ");
  const quantiles = `CAST(unnest(quantile_disc(${place}, [${shares}])) AS VARCHAR)`;
  const bounds = count === 1 ? [] : await duckdb.rows(`SELECT ${quantiles} ${where}`);
  const all = [...bounds.map(([bound]) => String(bound)), greatest];
  return { upTo: greatest, slices: [...slicesOf({ source: label, column: cursor.name, first }, after, all)] };
}

/** A table with the cursor of every row behind a value: of a source that is read as a whole, its spool. */
async function cursorValues(extraction: Extraction, after: string | null): Promise<string> {
  const { source, reads, columns, cursor, duckdb } = extraction;
  if (reads === "whole") {
    await spool(duckdb, source, columns, behind(cursor, extraction.after));
    return SPOOL;
  }
  const range = { column: cursor.name, after: after === null ? null : fromText(after, cursor.type), upTo: null };
  await duckdb.fill("ingest_cursor", [cursor], source.read({ columns: [cursor.name], range }));
  return "ingest_cursor";
}

function cursorNull(column: string, rows: number): StepError {
  return new StepError({
    error: "cursor-null",
    category: "input",
    detail: `The cursor "${column}" is null in ${rows === 1 ? "1 row" : `${rows} rows`}, so that no load could ever tell that they changed.`,
    hint: "Fill the column, choose another cursor, or load with changes.mode full.",
  });
}
