import type { Value } from "../table/row.ts";
import type { Column } from "../table/table-schema.ts";

/** Rows as CSV after RFC 4180, with a header; null is nothing, and the empty text a pair of quotes. */
export function csvText(columns: readonly Column[], rows: readonly (readonly Value[])[]): string {
  const lines = [columns.map(({ name }) => name), ...rows.map((row) => row.map(field))];
  return lines.map((line) => `${line.join(",")}\n`).join("");
}

function field(value: Value): string {
  if (value === null) return "";
  const text = String(value);
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
