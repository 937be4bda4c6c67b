import type { FileFormat } from "./file-format.ts";
import { filesLiteral, structLiteral } from "./literals.ts";

/** One JSON object a line. Nested values are kept as JSON text; bytes have no place in it. */
export function ndjsonFormat(): FileFormat {
  return {
    name: "ndjson",
    patterns: ["*.ndjson", "*.jsonl", "*.ndjson.gz"],
    ending: "ndjson",
    reading: (files, types) => {
      const known = ["format='newline_delimited'", "maximum_depth=1", "sample_size=-1", "union_by_name=true"];
      const relation = `read_json(${[filesLiteral(files), ...known].join(", ")})`;
      if (Object.keys(types).length === 0) return relation;
      return `read_json(${[filesLiteral(files), "format='newline_delimited'", `columns=${structLiteral(types)}`].join(", ")})`;
    },
    writing: "FORMAT json",
    lacks: ["binary"],
  };
}
