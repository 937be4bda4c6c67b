import { quoteName, quoteValue } from "../sql/quote.ts";
import type { FileFormat } from "./file-format.ts";
import { filesLiteral, structLiteral, zonedTypes } from "./literals.ts";

/** One JSON object a line. Nested values are kept as JSON text; bytes have no place in it. */
export function ndjsonFormat(): FileFormat {
  const reading = (files: readonly string[], types: Readonly<Record<string, string>>) =>
    `read_json(${filesLiteral(files)}, format='newline_delimited', columns=${structLiteral(zonedTypes(types))})`;
  return {
    name: "ndjson",
    patterns: ["*.ndjson", "*.jsonl", "*.ndjson.gz"],
    ending: "ndjson",
    detection: {
      // As deep as the values of an object, and not into them. Other dates than those of ISO 8601 would be guessed at.
      relation: (files) =>
        `read_json(${filesLiteral(files)}, format='newline_delimited', maximum_depth=2, sample_size=-1, union_by_name=true, dateformat='%Y-%m-%d')`,
      holding: (files, name) =>
        `(SELECT 1 FROM read_json_objects(${filesLiteral(files)}, format='newline_delimited') WHERE list_contains(json_keys(json), ${quoteValue(name)}))`,
      areScalars: (files, names) =>
        `SELECT ${names.map(isScalar).join(", ")} FROM ${reading(files, Object.fromEntries(names.map((name) => [name, "JSON"])))}`,
      type: (described) => (NESTED.test(described) ? "JSON" : described),
      reading: (files, { types }) => reading(files, types),
    },
    reading,
    writing: "FORMAT json",
    lacks: ["binary"],
  };
}

function isScalar(name: string): string {
  const kind = `json_type(${quoteName(name)})`;
  return `coalesce(bool_and(${kind} NOT IN ('OBJECT', 'ARRAY')) FILTER (${kind} <> 'NULL'), FALSE)`;
}

/** Structs, maps and lists, as DuckDB calls them. */
const NESTED = /^(STRUCT|MAP)\(|\[\]$/;
