import { quoteName } from "../sql/quote.ts";
import { addColumn, tableGrowth } from "../sql/table-growth.ts";
import { castTo } from "../sql/typed.ts";
import type { TableSchema } from "../table/table-schema.ts";
import { typeName } from "../table/type-name.ts";

/** The statements that bring a table from one schema to another that has all its columns, none of them narrower. */
export function alterTable(table: string, before: TableSchema, after: TableSchema): readonly string[] {
  const { added, widened } = tableGrowth(before, after, "postgres");
  return [
    ...added.map((column) => addColumn(table, column, "postgres")),
    ...widened.map(({ from, to }) => {
      const column = quoteName(from.name);
      return `ALTER TABLE ${table} ALTER COLUMN ${column} TYPE ${typeName(to.type, "postgres")} USING ${castTo(column, from.type, to.type, "postgres")}`;
    }),
  ];
}
