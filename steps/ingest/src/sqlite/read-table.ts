import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { ReadRequest } from "../endpoint/endpoint.ts";
import { quoteName, quoteNames } from "../sql/quote.ts";
import type { ColumnType } from "../table/column-type.ts";
import type { Row } from "../table/row.ts";
import { findColumn } from "../table/table-schema.ts";
import { describeTable } from "./describe-table.ts";
import { sqliteRefusal } from "./sqlite-refusal.ts";
import { toTravel } from "./to-travel.ts";
import { wanted } from "./wanted.ts";

const BATCH = 4096;
const TEXT: ColumnType = { type: "text", length: null };

/** Reads a table in batches. */
export async function* readTable(db: DatabaseSync, table: string, request: ReadRequest): AsyncIterable<readonly Row[]> {
  try {
    yield* readRows(db, table, request);
  } catch (error) {
    throw sqliteRefusal(error);
  }
}

async function* readRows(db: DatabaseSync, table: string, request: ReadRequest): AsyncIterable<readonly Row[]> {
  const schema = describeTable(db, table);
  if (schema === undefined) return;
  const types = request.columns.map((name) => findColumn(schema, name)?.type ?? TEXT);
  const limit = request.limit === undefined ? "" : `LIMIT ${request.limit}`;
  const statement = db.prepare(
    `SELECT ${quoteNames(request.columns)} FROM ${quoteName(table)} WHERE ${wanted(request, schema)} ${limit}`,
  );
  statement.setReadBigInts(true);
  statement.setReturnArrays(true);
  let batch: Row[] = [];
  // With arrays asked for, a row is one; the types of Node tell of records alone.
  for (const row of statement.iterate() as Iterable<unknown> as Iterable<readonly SQLOutputValue[]>) {
    batch.push(row.map((value, at) => toTravel(value, types[at]!, request.columns[at]!)));
    if (batch.length === BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
