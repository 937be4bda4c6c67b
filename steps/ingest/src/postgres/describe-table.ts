import { quoteValue } from "../sql/quote.ts";
import type { SqlConnection } from "../sql/sql-connection.ts";
import { parseType } from "../table/parse-type.ts";
import type { TableSchema } from "../table/table-schema.ts";

/** The columns of a table or view, from the server's catalogue. */
export async function describeTable(connection: SqlConnection, table: string): Promise<TableSchema | undefined> {
  const columns = await connection.query(
    `SELECT attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute
     WHERE attrelid = to_regclass(${quoteValue(table)}) AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
  );
  if (columns.length === 0) return undefined;
  const key = await connection.query(
    `SELECT a.attname FROM pg_index AS i
     CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)
     JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
     WHERE i.indrelid = to_regclass(${quoteValue(table)}) AND i.indisprimary AND k.place <= i.indnkeyatts ORDER BY k.place`,
  );
  return {
    columns: columns.map(([name, type, isFilled]) => ({
      name: String(name),
      type: parseType(String(type)),
      nullable: isFilled !== "t",
    })),
    key: key.map(([name]) => String(name)),
  };
}
