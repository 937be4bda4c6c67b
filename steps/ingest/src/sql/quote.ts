import type { Row, Value } from "../table/row.ts";

/** An identifier in double quotes, which all three engines take. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Several, with commas between them; each behind `alias.` where one is given. */
export function quoteNames(names: readonly string[], alias?: string): string {
  return names.map((name) => (alias === undefined ? quoteName(name) : `${alias}.${quoteName(name)}`)).join(", ");
}

/** A value as a literal. Text holds no NUL. */
export function quoteValue(value: Value): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return `'${value.replaceAll("'", "''")}'`;
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  return String(value);
}

/** Whether columns hold one of several sets of values, none of them null. */
export function amongKeys(
  { columns, rows }: { readonly columns: readonly string[]; readonly rows: readonly Row[] },
  dialect: "postgres" | "sqlite",
): string {
  if (rows.length === 0) return "FALSE";
  const sets = rows.map((row) => `(${row.map(quoteValue).join(", ")})`).join(", ");
  // SQLite takes several values only as a table; in PostgreSQL a table's texts would not be taken for what the columns are.
  return `(${quoteNames(columns)}) IN (${dialect === "sqlite" ? "VALUES " : ""}${sets})`;
}
