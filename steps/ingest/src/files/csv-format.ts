import { quoteValue } from "../sql/quote.ts";
import { csvDelimiter } from "./csv-delimiter.ts";
import { csvRowFits, LONGEST_ROW } from "./csv-row.ts";
import { exactly } from "./exactly.ts";
import type { FileFormat, Malformed } from "./file-format.ts";
import type { DuckTypes } from "./found-columns.ts";
import { filesLiteral, structLiteral } from "./literals.ts";

export interface CsvOptions {
  /** The character between values; found out where it is left out. */
  readonly delimiter?: string | undefined;
  /** Whether the first line holds names; found out where it is left out. */
  readonly header?: boolean | undefined;
  /** The text that stands for null. */
  readonly nullText: string;
  /** Rows from which the types are found out; -1 for all. */
  readonly sample: number;
}

/**
 * RFC 4180, with a header. A null is an empty value without quotes. Only the delimiter, the header and types are found
 * out: DuckDB would also find comments, lines to be passed over and other quotes, and lose rows that look like it.
 */
export function csvFormat({ delimiter, header, nullText, sample }: CsvOptions): FileFormat {
  const dialect = [
    ...["quote='\"'", "escape='\"'", "comment=''", "skip=0"],
    `nullstr=${quoteValue(nullText)}`,
    "allow_quoted_nulls=false",
    "union_by_name=true",
    // Both, since a buffer would otherwise be sixteen times as large.
    ...[`max_line_size=${LONGEST_ROW}`, `buffer_size=${LONGEST_ROW}`],
  ];
  const read = (files: readonly string[], separator: string, options: readonly string[]) =>
    `read_csv(${[filesLiteral(files), ...dialect, `delim=${quoteValue(separator)}`, ...options].join(", ")})`;
  const headed = header === undefined ? [] : [`header=${header}`];
  const readLines = (files: readonly string[], options: readonly string[]) =>
    united(
      [...byDelimiter(files, delimiter)].map(([each, some]) => read(some, each, [`sample_size=${sample}`, ...options])),
    );
  const readFound = (files: readonly string[], options: readonly string[]) => readLines(files, [...headed, ...options]);
  return {
    name: "csv",
    patterns: ["*.csv", "*.tsv", "*.csv.gz"],
    ending: "csv",
    detection: {
      relation: (files) => readFound(files, []),
      malformed: MALFORMED,
      emptyFile: "nothing",
      holding: (files, name) =>
        united(files.map((file) => headerWith(readLines([file], ["header=false", "all_varchar=true"]), name))),
      type: (described) => described,
      reading(files, columns) {
        const { taken, casts } = exactly(columns);
        const relation = readFound(files, [typesOf(taken), "dateformat='%Y-%m-%d'"]);
        return casts.length === 0 ? relation : `(SELECT * REPLACE (${casts.join(", ")}) FROM ${relation})`;
      },
      text: {
        values: (files) => united(files.map((file) => limited(readFound([file], ["all_varchar=true"]), sample))),
        look: (described) => LOOKS[described],
      },
    },
    reading: (files, types) => read(files, delimiter ?? ",", ["header=true", typesOf(types)]),
    writing: `FORMAT csv, HEADER true, DELIMITER ${quoteValue(delimiter ?? ",")}, NULLSTR ${quoteValue(nullText)}`,
    fits: csvRowFits,
  };
}

const MALFORMED: Malformed = {
  error: "csv-malformed",
  category: "input",
  words: /Error when sniffing file/,
  reason:
    "can't be read as CSV: not all of its lines have as many values as the first, a quote is not closed, lines end in different ways, or it is not UTF-8.",
  hint: "Mend the file, or set delimiter to what stands between values. Comments, and lines above the one with the names, have no place in it.",
};

const WHOLE = "-?\\d+";
const TIME = "\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?";
/** Up to 307, beyond which a float would be infinite, or zero. */
const EXPONENT = "e[+-]?0*([0-2]?\\d?\\d|30[0-7])";
const DATE = "\\d{4}-\\d\\d-\\d\\d";
const INSTANT = `${DATE}([T ]\\d\\d:\\d\\d.*)?`;

/**
 * What DuckDB would take for a value of a type beside these would be another one: 03/04/26 a day in 2003, `no` false,
 * 0x10 sixteen, and of a whole number of more than 15 digits a float would not keep them all.
 */
const LOOKS: Readonly<Record<string, string>> = {
  BOOLEAN: "(?i)true|false",
  SMALLINT: WHOLE,
  INTEGER: WHOLE,
  BIGINT: WHOLE,
  DOUBLE: `(?i)[+-]?(\\d{1,15}|\\d*\\.\\d*(${EXPONENT})?|\\d+${EXPONENT}|nan|inf(inity)?)`,
  DATE,
  TIME,
  TIMESTAMP: INSTANT,
  "TIMESTAMP WITH TIME ZONE": INSTANT,
};

function byDelimiter(files: readonly string[], delimiter: string | undefined): ReadonlyMap<string, string[]> {
  return Map.groupBy(files, (file) => delimiter ?? csvDelimiter(file));
}

/** A row where the first line of a file holds a name, around which DuckDB takes blanks away. */
function headerWith(lines: string, name: string): string {
  const first = `SELECT list_value(*COLUMNS(*)) AS names FROM ${lines} LIMIT 1`;
  return `(SELECT 1 AS found FROM (${first}) WHERE list_contains(list_transform(names, lambda each: trim(each)), ${quoteValue(name)}))`;
}

function limited(relation: string, sample: number): string {
  return sample === -1 ? relation : `(SELECT * FROM ${relation} LIMIT ${sample})`;
}

function united(relations: readonly string[]): string {
  const [only = "", ...others] = relations;
  if (others.length === 0) return only;
  return `(${relations.map((relation) => `SELECT * FROM ${relation}`).join(" UNION ALL BY NAME ")})`;
}

function typesOf(types: DuckTypes): string {
  return `types=${structLiteral(types)}`;
}
