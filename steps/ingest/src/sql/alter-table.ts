import { isDeepStrictEqual } from "node:util";
import type { ColumnType } from "../table/column-type.ts";
import { type Column, findColumn, type TableSchema } from "../table/table-schema.ts";
import { type Dialect, typeName } from "../table/type-name.ts";
import { quoteName, quoteNames } from "./quote.ts";
import { castTo } from "./typed.ts";

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

/** The statements that bring a table from one schema to another that has all its columns, none of them narrower. */
export function alterTable(
  table: string,
  from: TableSchema,
  to: TableSchema,
  dialect: Exclude<Dialect, "duckdb">,
): readonly string[] {
  const added = to.columns.filter(({ name }) => findColumn(from, name) === undefined);
  const widened = to.columns.filter((column) => isWidened(from, column, dialect));
  if (dialect === "sqlite" && widened.length > 0) return rebuild(table, from, to);
  return [
    ...added.map(({ name, type }) => `ALTER TABLE ${table} ADD COLUMN ${quoteName(name)} ${typeName(type, dialect)}`),
    ...widened.map(({ name, type }) => {
      const [column, before] = [quoteName(name), findColumn(from, name)?.type];
      return `ALTER TABLE ${table} ALTER COLUMN ${column} TYPE ${typeName(type, dialect)} USING ${castTo(column, before, type, dialect)}`;
    }),
  ];
}

function isWidened(from: TableSchema, column: Column, dialect: Dialect): boolean {
  const before = findColumn(from, column.name);
  if (before === undefined || isDeepStrictEqual(before.type, column.type)) return false;
  return typeName(before.type, dialect) !== typeName(column.type, dialect);
}

/** SQLite can't change the type of a column: a new table takes the rows over and then the name. */
function rebuild(table: string, from: TableSchema, to: TableSchema): readonly string[] {
  const coming = quoteName("ingest_rebuilt");
  const kept = from.columns.map(({ name }) => findColumn(to, name)!);
  const casts = kept.map(({ name, type }, at) => castInSqlite(quoteName(name), from.columns[at]!.type, type));
  return [
    createTable(coming, to, "sqlite"),
    `INSERT INTO ${coming} (${quoteNames(kept.map(({ name }) => name))}) SELECT ${casts.join(", ")} FROM ${table}`,
    `DROP TABLE ${table}`,
    `ALTER TABLE ${coming} RENAME TO ${table}`,
  ];
}

/** SQLite keeps values as they are but for those that become text. */
function castInSqlite(column: string, before: ColumnType, { type }: ColumnType): string {
  const isText = type === "text" || type === "decimal" || type === "other";
  return isText ? castTo(column, before, { type: "text", length: null }, "sqlite") : column;
}
