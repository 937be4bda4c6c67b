import type { FileFormat } from "./file-format.ts";
import { filesLiteral, structLiteral, zonedTypes } from "./literals.ts";

/** One JSON object a line. Nested values are kept as JSON text; bytes have no place in it. */
export function ndjsonFormat(): FileFormat {
  return {
    name: "ndjson",
    patterns: ["*.ndjson", "*.jsonl", "*.ndjson.gz"],
    ending: "ndjson",
    detection: {
      // As deep as the values of an object, and not into them.
      relation: (files) =>
        `read_json(${filesLiteral(files)}, format='newline_delimited', maximum_depth=2, sample_size=-1, union_by_name=true)`,
      type: (described) => (NESTED.test(described) ? "JSON" : described),
    },
    reading: (files, types) =>
      `read_json(${filesLiteral(files)}, format='newline_delimited', columns=${structLiteral(zonedTypes(types))})`,
    writing: "FORMAT json",
    lacks: ["binary"],
  };
}

/** Structs, maps and lists, as DuckDB calls them. */
const NESTED = /^(STRUCT|MAP)\(|\[\]$/;
