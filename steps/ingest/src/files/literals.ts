import { quoteValue } from "../sql/quote.ts";

/** Paths as a list literal of DuckDB. */
export function filesLiteral(files: readonly string[]): string {
  return `[${files.map(quoteValue).join(", ")}]`;
}

/** Types of columns that are read from text, in which a time may tell its zone: one without would drop that. */
export function zonedTypes(types: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const zoned = (type: string) => (type === "TIMESTAMP" ? "TIMESTAMP WITH TIME ZONE" : type);
  return Object.fromEntries(Object.entries(types).map(([name, type]) => [name, zoned(type)]));
}

/** A record of strings as a struct literal of DuckDB. */
export function structLiteral(record: Readonly<Record<string, string>>): string {
  const fields = Object.entries(record).map(([name, value]) => `${quoteValue(name)}: ${quoteValue(value)}`);
  return `{${fields.join(", ")}}`;
}
