import { StepError } from "@orchestrate/sdk";
import type { DuckConnection } from "../duckdb/duckdb.ts";
import { quoteName, quoteValue } from "../sql/quote.ts";
import { columnsEqual } from "../table/columns-equal.ts";
import type { Row } from "../table/row.ts";
import type { Detection, Malformed } from "./file-format.ts";
import { zonedTypes } from "./literals.ts";

/** The DuckDB types of columns, by name. */
export type DuckTypes = Readonly<Record<string, string>>;

/** The columns of files, as they were found out. */
export interface FoundColumns {
  readonly types: DuckTypes;
  /** Columns of whole numbers, none of which has more than 15 digits as far as was looked. */
  readonly small: ReadonlySet<string>;
}

/** Finds out all columns of files, beside those that are declared. */
export async function foundColumns(
  duckdb: DuckConnection,
  detection: Detection,
  files: readonly string[],
  declared: DuckTypes,
): Promise<FoundColumns> {
  const rows = await describe(duckdb, detection, files);
  const known = Object.entries(zonedTypes(declared));
  const declaredType = (name: string) => known.find(([other]) => isSame(other, name))?.[1];
  const found = rows.map(([name, described]) => ({ name: String(name), described: String(described) }));
  if (detection.text !== undefined) refuseUnknownTypes(declared, found, files);
  await refuseRenamed(
    duckdb,
    detection,
    files,
    found.map(({ name }) => name),
  );
  const asked = found.map(({ name, described }) => ({ name, type: declaredType(name) ?? described }));
  const seen = await look(duckdb, detection, files, asked);
  const scalars = await scalarsOf(duckdb, detection, files, asked);
  const told = (name: string, described: string) =>
    seen.other.has(name) || scalars.has(name) ? "VARCHAR" : detection.type(described);
  const types = Object.fromEntries([
    ...found.map(({ name, described }) => [name, declaredType(name) ?? told(name, described)]),
    ...known.filter(([name]) => !found.some((column) => isSame(column.name, name))),
  ]);
  return { types, small: seen.small };
}

/** @throws StepError `csv-malformed` or `ndjson-malformed`, since DuckDB itself does not say which file it is. */
async function describe(
  duckdb: DuckConnection,
  detection: Detection,
  files: readonly string[],
): Promise<readonly Row[]> {
  try {
    return await duckdb.rows(describing(detection.relation(files)));
  } catch (error) {
    if (!(error instanceof StepError) || !detection.malformed.words.test(error.detail)) throw error;
    const [only] = files;
    if (files.length === 1) throw malformed(only!, detection.malformed, error);
    for (const file of files) await describe(duckdb, detection, [file]);
    throw error;
  }
}

/**
 * @throws StepError `columns-equal`, where two names are equal, but for case perhaps, and DuckDB has numbered the
 * second.
 */
async function refuseRenamed(
  duckdb: DuckConnection,
  { holding }: Detection,
  files: readonly string[],
  names: readonly string[],
): Promise<void> {
  if (holding === undefined) return;
  for (const name of names) {
    const plain = name.replace(/_\d+$/, "");
    if (plain === name || !names.some((other) => isSame(other, plain))) continue;
    const rows = await duckdb.rows(`SELECT 1 FROM ${holding(files, name)} LIMIT 1`);
    if (rows.length === 0) throw columnsEqual(plain);
  }
}

/** DuckDB says neither in which file nor by which option. */
function refuseUnknownTypes(
  declared: DuckTypes,
  found: readonly { readonly name: string }[],
  files: readonly string[],
): void {
  const unknown = Object.keys(declared).find((name) => !found.some((column) => isSame(column.name, name)));
  if (unknown === undefined) return;
  throw new StepError({
    error: "column-unknown",
    category: "input",
    detail: `The option types names the column "${unknown}", which is not in ${files.join(" or ").slice(0, 1000)}.`,
    hint: `There are ${found.map(({ name }) => name).join(", ")}.`,
  });
}

function malformed(file: string, { error, category, reason, hint }: Malformed, cause: StepError): StepError {
  return new StepError({ error, category, detail: `${file} ${reason}`, hint }, { cause });
}

/** The statement that gives name and type of every column. */
export function describing(relation: string): string {
  return `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${relation})`;
}

/** Which columns hold other values than those of their types, and which only small whole numbers. */
async function look(
  duckdb: DuckConnection,
  { text }: Detection,
  files: readonly string[],
  columns: readonly { readonly name: string; readonly type: string }[],
): Promise<{ readonly other: ReadonlySet<string>; readonly small: ReadonlySet<string> }> {
  const doubtful = columns.filter(({ type }) => text?.look(type) !== undefined);
  if (text === undefined || doubtful.length === 0) return { other: new Set(), small: new Set() };
  const all = (name: string, pattern: string) =>
    `coalesce(bool_and(regexp_full_match(${quoteName(name)}, ${quoteValue(pattern)})), TRUE)`;
  const asked = doubtful.flatMap(({ name, type }) => [all(name, text.look(type)!), all(name, SMALL)]);
  const [row = []] = await duckdb.rows(`SELECT ${asked.join(", ")} FROM ${text.values(files)}`);
  const names = (is: (at: number, type: string) => boolean) =>
    new Set(doubtful.filter(({ type }, at) => is(2 * at, type)).map(({ name }) => name));
  return {
    other: names((at) => row[at] === false),
    small: names((at, type) => row[at + 1] === true && WHOLE.has(type)),
  };
}

/** Which columns would be read as documents and hold none. */
async function scalarsOf(
  duckdb: DuckConnection,
  { areScalars, type: typeOf }: Detection,
  files: readonly string[],
  columns: readonly { readonly name: string; readonly type: string }[],
): Promise<ReadonlySet<string>> {
  const names = columns.filter(({ type }) => typeOf(type) === "JSON").map(({ name }) => name);
  if (areScalars === undefined || names.length === 0) return new Set();
  const [row = []] = await duckdb.rows(areScalars(files, names));
  return new Set(names.filter((_, at) => row[at] === true));
}

const SMALL = "-?\\d{1,15}";
const WHOLE: ReadonlySet<string> = new Set(["SMALLINT", "INTEGER", "BIGINT"]);

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
