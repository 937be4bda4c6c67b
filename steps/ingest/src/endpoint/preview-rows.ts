import type { TableSchema } from "../table/table-schema.ts";
import type { OpenEndpoint } from "./endpoint.ts";

/** The first rows of a table, as objects of plain JSON: integers beyond 2^53, decimals and times as text. */
export async function previewRows(
  open: OpenEndpoint,
  { columns }: TableSchema,
  limit: number,
): Promise<readonly Record<string, string | number | boolean | null>[]> {
  if (limit === 0) return [];
  const names = columns.map(({ name }) => name);
  const shown: Record<string, string | number | boolean | null>[] = [];
  for await (const rows of open.read({ columns: names, limit })) {
    for (const row of rows) shown.push(Object.fromEntries(names.map((name, at) => [name, plain(row[at] ?? null)])));
    if (shown.length >= limit) break;
  }
  return shown.slice(0, limit);
}

function plain(value: null | boolean | bigint | number | string): string | number | boolean | null {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
