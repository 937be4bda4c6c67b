import type { Value } from "../table/row.ts";

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
