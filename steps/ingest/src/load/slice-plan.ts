import { StepError, z } from "@orchestrate/sdk";
import { quoteName } from "../sql/quote.ts";
import { fromText, typedLiteral } from "../sql/typed.ts";
import type { Extraction } from "./extraction.ts";
import { countSlices, Slice, slicesOf } from "./plan-slices.ts";
import { SPOOL, spool } from "./spool.ts";

/** What a load reads: slices up to `upTo`, which is null where there is nothing behind the start. */
export const SlicePlan = z.strictObject({ upTo: z.string().nullable(), slices: z.array(Slice) });
export type SlicePlan = z.infer<typeof SlicePlan>;

const KEPT = "plan.json";

/**
 * The plan that an earlier attempt from the same start has kept, or a new one. A kept plan makes the slices of both the
 * same, whatever has come into the source meanwhile: that is for the next load.
 */
export async function slicePlan(extraction: Extraction): Promise<SlicePlan> {
  const kept = await extraction.area.kept(KEPT);
  const parsed = kept === undefined ? undefined : SlicePlan.safeParse(JSON.parse(kept));
  if (parsed?.success) return parsed.data;
  const plan = await newPlan(extraction);
  if (plan.upTo !== null) await extraction.area.keep(KEPT, JSON.stringify(plan));
  return plan;
}

/** Which rows lie behind the start, or can't be placed. */
export function behind({ cursor, after }: Pick<Extraction, "cursor" | "after">): string {
  const place = quoteName(cursor.name);
  return after === null ? "TRUE" : `(${place} > ${typedLiteral(after, cursor.type)} OR ${place} IS NULL)`;
}

async function newPlan(extraction: Extraction): Promise<SlicePlan> {
  const { cursor, after, limits, duckdb, label } = extraction;
  const place = quoteName(cursor.name);
  const table = await cursorValues(extraction);
  const [row = []] = await duckdb.rows(
    `SELECT count(*), CAST(min(${place}) AS VARCHAR), CAST(max(${place}) AS VARCHAR), count(*) FILTER (${place} IS NULL)
     FROM ${table} WHERE ${behind(extraction)}`,
  );
  const [rows, least, greatest, nulls] = row;
  if (Number(nulls) > 0) throw cursorNull(cursor.name, Number(nulls));
  if (typeof least !== "string" || typeof greatest !== "string") return { upTo: null, slices: [] };
  const count = countSlices({ rows: Number(rows), least, greatest }, cursor.type, limits);
  const shares = Array.from({ length: count - 1 }, (_, at) => (at + 1) / count);
  const bounds =
    shares.length === 0
      ? []
      : await duckdb.rows(
          `SELECT CAST(unnest(quantile_disc(${place}, [${shares.join(", ")}])) AS VARCHAR) FROM ${table} WHERE ${behind(extraction)}`,
        );
  return {
    upTo: greatest,
    slices: [...slicesOf(label, cursor.name, after, [...bounds.map(([bound]) => String(bound)), greatest])],
  };
}

/** A table with the cursor of every row behind the start: of a source that is read as a whole, its spool. */
async function cursorValues(extraction: Extraction): Promise<string> {
  const { source, reads, columns, cursor, after, duckdb } = extraction;
  if (reads === "whole") {
    await spool(duckdb, source, columns, behind(extraction));
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
    detail: `${rows} rows have no value in the cursor "${column}", so that no load could ever tell that they changed.`,
    hint: "Fill the column, choose another cursor, or load with changes.mode full.",
  });
}
