import { isDeepStrictEqual } from "node:util";
import { type Column, findColumn, type TableSchema } from "../table/table-schema.ts";
import { type Dialect, typeName } from "../table/type-name.ts";
import { quoteName } from "./quote.ts";

/** What a table lacks of what it shall be. */
export interface TableGrowth {
  /** Columns that it does not have. */
  readonly added: readonly Column[];
  /** Columns whose type becomes another, which holds all that the one before held. */
  readonly widened: readonly { readonly from: Column; readonly to: Column }[];
}

/** The growth of a table from one schema to another that has all its columns, none of them narrower. */
export function tableGrowth(from: TableSchema, to: TableSchema, dialect: Dialect): TableGrowth {
  const added = to.columns.filter(({ name }) => findColumn(from, name) === undefined);
  const kept = from.columns.map((column) => ({ from: column, to: findColumn(to, column.name)! }));
  return { added, widened: kept.filter((pair) => isWidened(pair.from, pair.to, dialect)) };
}

/** The statement that gives a table a column. */
export function addColumn(table: string, { name, type }: Column, dialect: Dialect): string {
  return `ALTER TABLE ${table} ADD COLUMN ${quoteName(name)} ${typeName(type, dialect)}`;
}

function isWidened(from: Column, to: Column, dialect: Dialect): boolean {
  return !isDeepStrictEqual(from.type, to.type) && typeName(from.type, dialect) !== typeName(to.type, dialect);
}
