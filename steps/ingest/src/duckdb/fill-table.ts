import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  VARCHAR,
} from "@duckdb/node-api";
import { quoteName } from "../sql/quote.ts";
import type { ColumnType } from "../table/column-type.ts";
import type { Row } from "../table/row.ts";
import type { Column } from "../table/table-schema.ts";

/** How many rows a chunk of DuckDB holds. */
const CHUNK = 2048;

/** Appends rows as they travel, then casts all at once to what the columns are. */
export async function fillTable(
  duck: DuckDBConnection,
  work: {
    readonly table: string;
    readonly columns: readonly Column[];
    readonly types: readonly string[];
    readonly batches: AsyncIterable<readonly Row[]>;
    readonly signal: AbortSignal;
  },
): Promise<number> {
  const { table, columns, types, batches, signal } = work;
  const raw = `${table}__travelled`;
  const travel = columns.map(({ type }) => travelType(type));
  const names = columns.map(({ name }) => quoteName(name));
  await duck.run(`CREATE TABLE ${quoteName(raw)} (${names.map((name, at) => `${name} ${travel[at]}`).join(", ")})`);
  const appender = await duck.createAppender(raw);
  let count = 0;
  try {
    for await (const rows of batches) {
      signal.throwIfAborted();
      for (let from = 0; from < rows.length; from += CHUNK) {
        const part = rows.slice(from, from + CHUNK);
        const chunk = DuckDBDataChunk.create(travel, part.length);
        chunk.setColumns(columns.map((_, at) => part.map((row) => row[at] ?? null)));
        appender.appendDataChunk(chunk);
      }
      count += rows.length;
    }
  } finally {
    appender.closeSync();
  }
  const casts = names.map((name, at) => `${arrived(name, columns[at]!.type, types[at]!)} AS ${name}`).join(", ");
  await duck.run(`CREATE TABLE ${quoteName(table)} AS SELECT ${casts} FROM ${quoteName(raw)}`);
  await duck.run(`DROP TABLE ${quoteName(raw)}`);
  return count;
}

/** A cast from text to bytes would look for escapes. */
function arrived(name: string, { type }: ColumnType, wanted: string): string {
  return type === "binary" ? `unhex(${name})` : `CAST(${name} AS ${wanted})`;
}

function travelType(type: ColumnType): DuckDBType {
  switch (type.type) {
    case "boolean":
      return BOOLEAN;
    case "integer":
      return BIGINT;
    case "float":
      return DOUBLE;
    case "decimal":
    case "text":
    case "date":
    case "timestamp":
    case "uuid":
    case "json":
    case "binary":
    case "other":
      return VARCHAR;
    default:
      return type satisfies never;
  }
}
