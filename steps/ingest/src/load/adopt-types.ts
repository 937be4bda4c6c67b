import { isDeepStrictEqual } from "node:util";
import type { DuckConnection } from "../duckdb/duckdb.ts";
import { quoteName } from "../sql/quote.ts";
import { findColumn, type TableSchema } from "../table/table-schema.ts";

/**
 * A schema in which columns without any value are of the types that they had before: files that hold nothing tell no
 * types, and one of them must not make texts of what a target holds.
 *
 * @param relation what stands behind FROM for the source; undefined for one whose columns are declared.
 */
export async function adoptTypes(
  duckdb: DuckConnection,
  relation: string | undefined,
  schema: TableSchema,
  before: TableSchema | undefined,
): Promise<TableSchema> {
  if (relation === undefined || before === undefined) return schema;
  const columns = [];
  for (const column of schema.columns) {
    const known = findColumn(before, column.name)?.type ?? column.type;
    const isAdopted = !isDeepStrictEqual(known, column.type) && (await isEmpty(duckdb, relation, column.name));
    columns.push(isAdopted ? { ...column, type: known } : column);
  }
  return { ...schema, columns };
}

async function isEmpty(duckdb: DuckConnection, relation: string, column: string): Promise<boolean> {
  const rows = await duckdb.rows(`SELECT 1 FROM ${relation} WHERE ${quoteName(column)} IS NOT NULL LIMIT 1`);
  return rows.length === 0;
}
