import { quoteName, quoteValue } from "../sql/quote.ts";
import { castList, fromText, typedLiteral } from "../sql/typed.ts";
import type { Extraction } from "./extraction.ts";
import type { Slice } from "./plan-slices.ts";
import { behind } from "./slice-plan.ts";
import { SPOOL, spool } from "./spool.ts";

/** Brings every slice that is not staged yet, and gives the files of all, in order. */
export async function stageSlices(extraction: Extraction, slices: readonly Slice[]): Promise<readonly string[]> {
  const { area, progress, signal } = extraction;
  const files: string[] = [];
  for (const [done, slice] of slices.entries()) {
    signal.throwIfAborted();
    progress(done, slices.length, `slice ${slice.id}`);
    files.push(
      (await area.slice(slice.id)) ?? (await area.stage(slice.id, (path) => readSlice(extraction, slice, path))),
    );
  }
  return files;
}

async function readSlice(extraction: Extraction, slice: Slice, path: string): Promise<void> {
  const { source, reads, columns, cursor, duckdb } = extraction;
  const list = castList(columns);
  if (reads === "whole") {
    await spool(duckdb, source, columns, behind(cursor, extraction.after));
    await duckdb.run(copy(`SELECT ${list} FROM ${SPOOL} WHERE ${within(extraction, slice)}`, path));
    return;
  }
  const { after, upTo } = slice;
  const range = {
    column: cursor.name,
    after: after === null ? null : fromText(after, cursor.type),
    upTo: fromText(upTo, cursor.type),
  };
  await duckdb.fill("ingest_slice", columns, source.read({ columns: columns.map(({ name }) => name), range }));
  await duckdb.run(copy(`SELECT ${list} FROM ingest_slice WHERE ${within(extraction, slice)}`, path));
  await duckdb.run("DROP TABLE ingest_slice");
}

/** Which rows belong to a slice: a source may give others beside its range. */
export function within({ cursor }: Extraction, { after, upTo }: Slice): string {
  const place = quoteName(cursor.name);
  const lower = after === null ? "TRUE" : `${place} > ${typedLiteral(after, cursor.type)}`;
  return `${lower} AND ${place} <= ${typedLiteral(upTo, cursor.type)}`;
}

function copy(query: string, path: string): string {
  return `COPY (${query}) TO ${quoteValue(path)} (FORMAT parquet, COMPRESSION snappy)`;
}
