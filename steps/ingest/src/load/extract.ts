import { filesLiteral } from "../files/literals.ts";
import { castList } from "../sql/typed.ts";
import type { Extraction } from "./extraction.ts";
import type { Slice } from "./plan-slices.ts";
import { isAtHand, type SlicePlan, slicePlan } from "./slice-plan.ts";
import { SPOOL } from "./spool.ts";
import { stageSlices, within } from "./stage-slices.ts";

/** What an extraction has brought. */
export interface Extracted extends SlicePlan {
  /**
   * What can stand behind FROM: the rows, with `_ingest_read`, which is greater for those that were read again by a
   * later plan, and `_ingest_arrival`, by which those of one cursor follow each other.
   */
  readonly rows: string;
  readonly count: number;
  /** Whether they lie in a table of DuckDB, and not in files. */
  readonly isSpooled: boolean;
}

/** Reads what is behind the start, by slices that are staged where another attempt would have to read them again. */
export async function extract(extraction: Extraction, lag: number): Promise<Extracted> {
  const plan = await slicePlan(extraction, lag);
  const isSpooled = isAtHand(extraction, plan);
  const rows = isSpooled ? spooled(extraction, plan) : await staged(extraction, plan);
  const [row] = await extraction.duckdb.rows(`SELECT count(*) FROM ${rows}`);
  return { ...plan, rows, count: Number(row?.[0]), isSpooled };
}

function spooled(extraction: Extraction, { slices }: SlicePlan): string {
  const where = slices.map((slice) => within(extraction, slice)).join(" OR ") || "FALSE";
  return `(SELECT *, 0 AS _ingest_read, rowid AS _ingest_arrival FROM ${SPOOL} WHERE ${where})`;
}

async function staged(extraction: Extraction, { slices }: SlicePlan): Promise<string> {
  const files = await stageSlices(extraction, slices);
  if (files.length === 0)
    return `(SELECT ${castList(extraction.columns, [])}, 0 AS _ingest_read, 0 AS _ingest_arrival LIMIT 0)`;
  const reads = plansOf(slices).map(
    ({ first, end }, read) =>
      `SELECT *, ${read} AS _ingest_read, file_row_number AS _ingest_arrival FROM read_parquet(${filesLiteral(files.slice(first, end))}, file_row_number=true)`,
  );
  return `(${reads.join(" UNION ALL ")})`;
}

/** The slices of one plan follow each other; those that a later attempt has added go back by the lag. */
function plansOf(slices: readonly Slice[]): readonly { readonly first: number; readonly end: number }[] {
  const begins = slices.flatMap(({ after }, at) => (at === 0 || after !== slices[at - 1]!.upTo ? [at] : []));
  return begins.map((first, at) => ({ first, end: begins[at + 1] ?? slices.length }));
}
