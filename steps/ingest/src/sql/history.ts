import type { ColumnType } from "../table/column-type.ts";
import { findColumn, type TableSchema } from "../table/table-schema.ts";

/** The columns that a table of kind SCD2 has beside the source's: when a version holds, and whether it still does. */
export const HISTORY = { from: "valid_from", to: "valid_to", current: "is_current" } as const;

/** The schema of a history: versions of rows, whose bounds are of the type `instant`. */
export function historySchema(schema: TableSchema, type: ColumnType): TableSchema {
  return {
    columns: [
      ...schema.columns,
      { name: HISTORY.from, type, nullable: true },
      { name: HISTORY.to, type, nullable: true },
      { name: HISTORY.current, type: { type: "boolean" }, nullable: false },
    ],
    key: [],
  };
}

/** Whether a table has the columns of a history. */
export function isHistory(schema: TableSchema): boolean {
  return Object.values(HISTORY).every((name) => findColumn(schema, name) !== undefined);
}

/** The schema of the rows that a history is about. */
export function withoutHistory(schema: TableSchema): TableSchema {
  const names: readonly string[] = Object.values(HISTORY);
  return { ...schema, columns: schema.columns.filter(({ name }) => !names.includes(name)) };
}
