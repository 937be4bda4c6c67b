import { quoteValue } from "../sql/quote.ts";
import type { FileFormat } from "./file-format.ts";
import { filesLiteral, structLiteral, zonedTypes } from "./literals.ts";

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

/** RFC 4180, with a header. A null is an empty value without quotes. */
export function csvFormat({ delimiter, header, nullText, sample }: CsvOptions): FileFormat {
  const known = [
    ...(delimiter === undefined ? [] : [`delim=${quoteValue(delimiter)}`]),
    ...(header === undefined ? [] : [`header=${header}`]),
    `nullstr=${quoteValue(nullText)}`,
    "allow_quoted_nulls=false",
    `sample_size=${sample}`,
    "union_by_name=true",
  ];
  return {
    name: "csv",
    patterns: ["*.csv", "*.tsv", "*.csv.gz"],
    ending: "csv",
    reading: (files, types) => {
      const typed = Object.keys(types).length === 0 ? [] : [`types=${structLiteral(zonedTypes(types))}`];
      return `read_csv(${[filesLiteral(files), ...known, ...typed].join(", ")})`;
    },
    writing: `FORMAT csv, HEADER true, DELIMITER ${quoteValue(delimiter ?? ",")}, NULLSTR ${quoteValue(nullText)}`,
  };
}
