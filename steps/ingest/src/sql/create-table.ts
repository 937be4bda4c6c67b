import type { TableSchema } from "../table/table-schema.ts";
import { type Dialect, typeName } from "../table/type-name.ts";
import { quoteName, quoteNames } from "./quote.ts";

/** The statement that makes a table; its key becomes the primary key. */
export function createTable(
  table: string,
  schema: TableSchema,
  dialect: Dialect,
  kind: "" | "TEMPORARY " = "",
): string {
  const columns = schema.columns.map(({ name, type }) => `${quoteName(name)} ${typeName(type, dialect)}`);
  const key = schema.key.length === 0 ? [] : [`PRIMARY KEY (${quoteNames(schema.key)})`];
  return `CREATE ${kind}TABLE ${table} (${[...columns, ...key].join(", ")})`;
}
