import { quoteName, quoteValue } from "../sql/quote.ts";
import type { Column } from "../table/table-schema.ts";
import type { FileFormat, Malformed } from "./file-format.ts";
import type { DuckTypes } from "./found-columns.ts";
import { filesLiteral, structLiteral, zonedTypes } from "./literals.ts";

/** One JSON object a line. Nested values are kept as JSON text; bytes have no place in it. */
export function ndjsonFormat(): FileFormat {
  return {
    name: "ndjson",
    patterns: ["*.ndjson", "*.jsonl", "*.ndjson.gz"],
    ending: "ndjson",
    detection: {
      // As deep as the values of an object, and not into them. Other dates than those of ISO 8601 would be guessed at.
      relation: (files) =>
        `read_json(${filesLiteral(files)}, format='newline_delimited', maximum_depth=2, records=true, sample_size=-1, union_by_name=true, dateformat='%Y-%m-%d')`,
      holding: (files, name) =>
        `(SELECT 1 FROM read_json_objects(${filesLiteral(files)}, format='newline_delimited') WHERE list_contains(json_keys(json), ${quoteValue(name)}))`,
      areScalars: (files, names) =>
        `SELECT ${names.map(isScalar).join(", ")} FROM ${reading(files, Object.fromEntries(names.map((name) => [name, "JSON"])))}`,
      malformed: MALFORMED,
      emptyFile: "table",
      type: (described) => (NESTED.test(described) ? "JSON" : described),
      reading: (files, { types }) => reading(files, types),
    },
    reading,
    writing: "FORMAT json",
    written,
    lacks: ["binary"],
  };
}

const MALFORMED: Malformed = {
  error: "ndjson-malformed",
  category: "input",
  words: /expected records/,
  reason: "can't be read as NDJSON: not every line is an object with fields.",
  hint: "Write one object a line; of a list of objects in JSON, `jq -c '.[]'` makes such lines.",
};

function reading(files: readonly string[], types: DuckTypes): string {
  const long = Object.entries(types).filter(([, type]) => Number(/^DECIMAL\((\d+)/.exec(type)?.[1]) > DIGITS);
  const taken = { ...types, ...Object.fromEntries(long.map(([name]) => [name, "JSON"])) };
  const relation = `read_json(${filesLiteral(files)}, format='newline_delimited', columns=${structLiteral(zonedTypes(taken))})`;
  if (long.length === 0) return relation;
  const exact = long.map(([name, type]) => `${longDecimal(quoteName(name), type)} AS ${quoteName(name)}`);
  return `(SELECT * REPLACE (${exact.join(", ")}) FROM ${relation})`;
}

/** How many digits of a number with a point DuckDB keeps, which takes it for a float of 64 bits. */
const DIGITS = 15;

/**
 * A decimal that is read as JSON: of a text and a whole number every digit is there, of other numbers it may not be.
 */
function longDecimal(column: string, type: string): string {
  const text = `(${column} ->> '$')`;
  const digits = `length(regexp_replace(regexp_replace(${text}, '[eE].*$', ''), '^-?[0.]*|[.]', '', 'g'))`;
  const refusal = `error(${quoteValue(`Column ${column}: `)} || ${text} || ' has more digits than a number in JSON keeps for sure: write it as a text.')`;
  return `CASE WHEN json_type(${column}) = 'DOUBLE' AND regexp_matches(${text}, '[.eE]') AND ${digits} > ${DIGITS} THEN ${refusal} ELSE CAST(${text} AS ${type}) END`;
}

/** JSON has no NaN and no infinity, and readers of it keep so many digits alone. */
function written({ name, type }: Column): string {
  const column = quoteName(name);
  if (type.type === "decimal" && type.precision !== null && type.precision > DIGITS)
    return `CAST(${column} AS VARCHAR)`;
  if (type.type !== "float") return column;
  const refusal = `error(${quoteValue(`Column ${column} holds `)} || ${column} || ', which NDJSON can''t hold: leave it out by columns.')`;
  return `CASE WHEN isfinite(${column}) THEN ${column} WHEN ${column} IS NOT NULL THEN ${refusal} END`;
}

function isScalar(name: string): string {
  const kind = `json_type(${quoteName(name)})`;
  return `coalesce(bool_and(${kind} NOT IN ('OBJECT', 'ARRAY')) FILTER (${kind} <> 'NULL'), FALSE)`;
}

/** Structs, maps and lists, as DuckDB calls them. */
const NESTED = /^(STRUCT|MAP)\(|\[\]$/;
