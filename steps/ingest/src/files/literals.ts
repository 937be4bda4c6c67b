import { quoteValue } from "../sql/quote.ts";

/** Paths as a list literal of DuckDB. */
export function filesLiteral(files: readonly string[]): string {
  return `[${files.map(quoteValue).join(", ")}]`;
}

/** A record of strings as a struct literal of DuckDB. */
export function structLiteral(record: Readonly<Record<string, string>>): string {
  const fields = Object.entries(record).map(([name, value]) => `${quoteValue(name)}: ${quoteValue(value)}`);
  return `{${fields.join(", ")}}`;
}
