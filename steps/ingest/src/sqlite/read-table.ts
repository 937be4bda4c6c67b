import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { Range, ReadRequest } from "../endpoint/endpoint.ts";
import { amongKeys, quoteName, quoteNames, quoteValue } from "../sql/quote.ts";
import type { ColumnType } from "../table/column-type.ts";
import type { Row } from "../table/row.ts";
import { findColumn } from "../table/table-schema.ts";
import { describeTable } from "./describe-table.ts";
import { sqliteRefusal } from "./sqlite-refusal.ts";
import { toTravel } from "./to-travel.ts";

const BATCH = 4096;
const TEXT: ColumnType = { type: "text", length: null };

/** Reads a table in batches. A bound above a text column is stretched, since texts of one instant can differ in zeros. */
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
  const { range, keys } = request;
  const conditions = [
    ...(range === undefined ? [] : [within(range, isText(schema, range))]),
    ...(keys === undefined ? [] : [amongKeys(keys, "sqlite")]),
  ];
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
  const limit = request.limit === undefined ? "" : `LIMIT ${request.limit}`;
  const statement = db.prepare(`SELECT ${quoteNames(request.columns)} FROM ${quoteName(table)} ${where} ${limit}`);
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

function isText(schema: Parameters<typeof findColumn>[0], { column }: Range): boolean {
  const type = findColumn(schema, column)?.type.type;
  return type !== "integer" && type !== "float" && type !== "boolean";
}

function within({ column, after, upTo }: Range, isTextual: boolean): string {
  const place = isTextual ? `replace(CAST(${quoteName(column)} AS TEXT), 'T', ' ')` : quoteName(column);
  const bounds = [
    ...(after === null ? [] : [`${place} >= ${quoteValue(after)}`]),
    ...(upTo === null ? [] : [`${place} <= ${quoteValue(upTo)}${isTextual ? " || '~'" : ""}`]),
  ];
  return `(${quoteName(column)} IS NULL OR (${bounds.join(" AND ") || "TRUE"}))`;
}
