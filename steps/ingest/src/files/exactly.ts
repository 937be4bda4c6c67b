import { quoteName, quoteValue } from "../sql/quote.ts";
import type { FoundColumns } from "./found-columns.ts";

/**
 * How columns of text are read so that every value is what stands there, or an error: DuckDB by itself makes null of
 * what is no time with a zone, and rounds what is no whole number. Of small numbers a float tells that, and costs
 * little.
 *
 * @returns the types in which DuckDB reads the file, and the casts from these to the columns' own.
 */
export function exactly({ types, small }: FoundColumns): {
  readonly taken: Readonly<Record<string, string>>;
  readonly casts: readonly string[];
} {
  const exact = Object.entries(types).flatMap(([name, type]) => {
    if (type.endsWith(" WITH TIME ZONE"))
      return [{ name, taken: "VARCHAR", cast: `CAST(${quoteName(name)} AS ${type})` }];
    return small.has(name) ? [{ name, taken: "DOUBLE", cast: wholeNumber(quoteName(name), type) }] : [];
  });
  return {
    taken: { ...types, ...Object.fromEntries(exact.map(({ name, taken }) => [name, taken])) },
    casts: exact.map(({ name, cast }) => `${cast} AS ${quoteName(name)}`),
  };
}

function wholeNumber(column: string, type: string): string {
  const words = `' is no whole number, or one of more digits than those before: give the column another type by types, or a larger sample.'`;
  const refusal = `error(${quoteValue(`Column ${column}: `)} || ${column} || ${words})`;
  return `CASE WHEN ${column} = trunc(${column}) AND abs(${column}) <= ${Number.MAX_SAFE_INTEGER} THEN CAST(${column} AS ${type}) WHEN ${column} IS NOT NULL THEN ${refusal} END`;
}
