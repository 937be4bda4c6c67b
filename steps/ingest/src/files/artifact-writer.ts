import { basename, posix } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type DirectoryOutput, StepError } from "@orchestrate/sdk";
import type { Applied, ArtifactWriter, Change } from "../endpoint/writer.ts";
import { historySchema } from "../sql/history.ts";
import { quoteName } from "../sql/quote.ts";
import { castList } from "../sql/typed.ts";
import { versionsQuery } from "../sql/versions-query.ts";
import { findColumn, type TableSchema } from "../table/table-schema.ts";
import { countChange } from "./count-change.ts";
import type { FileFormat } from "./file-format.ts";
import { formerRows } from "./former-rows.ts";
import { matchRows } from "./match-rows.ts";
import { arePartedBy, type PartFile } from "./parts.ts";
import { type Replacement, replacement } from "./replacement.ts";
import { writeTableDocument } from "./table-document.ts";
import { touchedParts } from "./touched-parts.ts";
import { VERSIONS } from "./working-tables.ts";
import { tableAsNow, writePart } from "./write-part.ts";

/** A table of files as it is, and where it is to be written anew. */
export interface ArtifactSite {
  readonly format: FileFormat;
  /** The data files of the table as it is. */
  readonly files: readonly PartFile[];
  /** What stands behind FROM to read files. */
  reading(files: readonly string[]): string;
  readonly output: DirectoryOutput;
  describe(): Promise<TableSchema | undefined>;
  readonly partitionBy: readonly string[];
}

/** Writes a table anew as files, of which those that no row touches are carried over as they are. */
export function artifactWriter(site: ArtifactSite): ArtifactWriter {
  return { commits: "artifact", apply: (change) => apply(site, change) };
}

async function apply(site: ArtifactSite, given: Change): Promise<Applied> {
  refuseLacking(site.format, given.schema);
  const change = await materialised(site, given);
  const { strategy, schema, key, instant } = change;
  const found = strategy === "full" ? undefined : await site.describe();
  const whole = strategy === "scd2" ? historySchema(schema, instant!) : { ...schema, key: [...key] };
  refuseUnknownParts(site, whole);
  const old = found === undefined || site.files.length === 0 ? undefined : tableAsNow(site, site.files, found, whole);
  if (strategy === "scd2") await makeVersions(change, old, whole);
  // Files that lack a column, hold it in an older type, or are parted by others are written anew, so that all of a
  // table are alike.
  const isAlike =
    found === undefined ||
    (isDeepStrictEqual(found.columns, whole.columns) && arePartedBy(site.files, site.partitionBy));
  const rewrites = isAlike ? "touched" : "all";
  if (old !== undefined && key.length > 0) await matchRows(change, old, site.partitionBy);
  const swap = rewriting(replacement(change, old), rewrites);
  const parts = await touchedParts(site, change, swap, { old, rewrites });
  const touched = new Set(parts.map(({ directory }) => directory));
  const isAdded = strategy === "append" && rewrites === "touched";
  const isKept = ({ directory }: PartFile) => isAdded || !touched.has(directory);
  if (strategy !== "full" && rewrites === "touched") for (const file of site.files.filter(isKept)) carry(site, file);
  const former = formerRows(site, found, whole);
  let copied = 0;
  for (const part of parts) copied += await writePart(site, { change, swap, part, former, found, whole, isAdded });
  writeTableDocument(site.output.path, whole);
  return countChange(change, old, copied);
}

function refuseLacking({ name, lacks = [] }: FileFormat, { columns }: TableSchema): void {
  const column = columns.find(({ type }) => lacks.includes(type.type));
  if (column === undefined) return;
  throw new StepError({
    error: "column-unsuitable",
    category: "input",
    detail: `The column "${column.name}" is ${column.type.type}, which ${name} can't hold.`,
    hint: "Leave it out by columns, or load into parquet, csv or a database.",
  });
}

function refuseUnknownParts({ format, partitionBy }: ArtifactSite, whole: TableSchema): void {
  const unknown = partitionBy.find((name) => findColumn(whole, name) === undefined);
  if (unknown === undefined) return;
  throw new StepError({
    error: "column-unknown",
    category: "input",
    detail: `The option partitionBy of ${format.name} names the column "${unknown}", which the table does not have.`,
    hint: `It has ${whole.columns.map(({ name }) => name).join(", ")}.`,
  });
}

/** Rows that are parted are gone through once for each part, and a view would be computed as often. */
async function materialised({ partitionBy }: ArtifactSite, change: Change): Promise<Change> {
  if (change.strategy !== "full" || partitionBy.length === 0) return change;
  await change.duckdb.run(`CREATE TABLE ingest_all AS SELECT * FROM ${quoteName(change.rows)}`);
  return { ...change, rows: "ingest_all" };
}

async function makeVersions(
  { schema, rows, key, duckdb }: Change,
  old: string | undefined,
  whole: TableSchema,
): Promise<void> {
  const history = old ?? `(SELECT ${castList(whole.columns, [])} LIMIT 0)`;
  const columns = schema.columns.map(({ name }) => name);
  await duckdb.run(`CREATE TABLE ${VERSIONS} AS ${versionsQuery({ history, rows: quoteName(rows), columns, key })}`);
}

/** Where all is written anew, the rows that are there stay beside those that come in. */
function rewriting(swap: Replacement, rewrites: "all" | "touched"): Replacement {
  return rewrites === "all" && swap.removed === undefined ? { ...swap, removed: "FALSE", order: undefined } : swap;
}

function carry({ output }: ArtifactSite, { path, directory }: PartFile): void {
  output.carry(posix.join(directory, basename(path)), path);
}
