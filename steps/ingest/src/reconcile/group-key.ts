import type { Column } from "../table/table-schema.ts";
import { comparableText } from "./comparable-text.ts";
import type { HashingDialect } from "./encoding-sql.ts";

/** Columns as text that both engines write alike: a select list, and what to group by. */
export function groupKey(
  columns: readonly Column[],
  dialect: HashingDialect,
): { readonly list: string; readonly grouping: string } {
  const expressions = columns.map((column) => comparableText(column, dialect));
  return { list: expressions.join(", "), grouping: expressions.join(", ") };
}
