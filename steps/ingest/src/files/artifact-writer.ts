import { constants, copyFileSync, mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Applied, ArtifactWriter, Change } from "../endpoint/writer.ts";
import { historySchema } from "../sql/history.ts";
import { quoteName, quoteNames, quoteValue } from "../sql/quote.ts";
import { versionsQuery } from "../sql/versions-query.ts";
import { findColumn, type TableSchema } from "../table/table-schema.ts";
import { typeName } from "../table/type-name.ts";
import { countChange } from "./count-change.ts";
import type { FileFormat } from "./file-format.ts";
import { directoryOf, type Part, partOf, valuesList } from "./parts.ts";
import { type Replacement, replacement, VERSIONS } from "./replacement.ts";
import { writeTableDocument } from "./table-document.ts";

/** A table of files as it is, and where it is to be written anew. */
export interface ArtifactSite {
  readonly format: FileFormat;
  /** The data files of the table as it is. */
  readonly files: readonly string[];
  /** What stands behind FROM to read some of them. */
  reading(files: readonly string[]): string;
  /** A directory that exists and is empty. */
  readonly output: string;
  describe(): Promise<TableSchema | undefined>;
  readonly partitionBy: readonly string[];
}

/** Writes a table anew as files, of which those that no row touches are copied as they are. */
export function artifactWriter(site: ArtifactSite): ArtifactWriter {
  return { commits: "artifact", apply: (change) => apply(site, change) };
}

async function apply(site: ArtifactSite, change: Change): Promise<Applied> {
  const { strategy, schema, key, instant, duckdb } = change;
  const found = strategy === "full" ? undefined : await site.describe();
  const whole = strategy === "scd2" ? historySchema(schema, instant!) : { ...schema, key: [...key] };
  const old = found === undefined || site.files.length === 0 ? undefined : asNow(site, site.files, found, whole);
  if (strategy === "scd2") {
    const history = old ?? `(SELECT ${nothingOf(whole)} LIMIT 0)`;
    const columns = schema.columns.map(({ name }) => name);
    const versions = versionsQuery({ history, rows: quoteName(change.rows), columns, key });
    await duckdb.run(`CREATE TABLE ${VERSIONS} AS ${versions}`);
  }
  const swap = replacement(change, old);
  const parts = await touchedParts(site, change, swap, old);
  const touched = new Set(parts.map(({ directory }) => directory));
  const isKept = (file: string) => strategy === "append" || !touched.has(directoryOf(file, site.partitionBy));
  if (strategy !== "full") for (const file of site.files.filter(isKept)) keep(site, file);
  let copied = 0;
  for (const part of parts) copied += await writePart(site, change, swap, part, whole, found);
  writeTableDocument(site.output, whole);
  return countChange(change, old, copied);
}

/** The table as it is with the columns that it shall have. */
function asNow(site: ArtifactSite, files: readonly string[], found: TableSchema, whole: TableSchema): string {
  const list = whole.columns.map(({ name, type }) => {
    const before = findColumn(found, name);
    const place = before === undefined ? "NULL" : quoteName(before.name);
    return `CAST(${place} AS ${typeName(type, "duckdb")}) AS ${quoteName(name)}`;
  });
  return `(SELECT ${list.join(", ")} FROM ${site.reading(files)})`;
}

function nothingOf(schema: TableSchema): string {
  return schema.columns
    .map(({ name, type }) => `CAST(NULL AS ${typeName(type, "duckdb")}) AS ${quoteName(name)}`)
    .join(", ");
}

/** The parts of which a row leaves, or into which one comes. */
async function touchedParts(
  { partitionBy }: ArtifactSite,
  { duckdb }: Change,
  { removed, added }: Replacement,
  old: string | undefined,
): Promise<readonly Part[]> {
  if (partitionBy.length === 0) return [partOf([], [])];
  const list = valuesList(partitionBy);
  const left =
    removed === undefined || removed === "TRUE"
      ? ""
      : ` UNION SELECT DISTINCT ${list} FROM ${old} AS t WHERE ${removed}`;
  const values = await duckdb.rows(`SELECT * FROM (SELECT DISTINCT ${list} FROM ${added}${left}) ORDER BY ALL`);
  return values.map((row) => partOf(partitionBy, row));
}

/** Copied, not linked: a link would change the times of a file that an earlier run has committed. */
function keep({ output, partitionBy }: ArtifactSite, file: string): void {
  const to = join(output, directoryOf(file, partitionBy), basename(file));
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(file, to, constants.COPYFILE_FICLONE);
}

async function writePart(
  site: ArtifactSite,
  change: Change,
  { removed, added, order }: Replacement,
  part: Part,
  whole: TableSchema,
  found: TableSchema | undefined,
): Promise<number> {
  const files = site.files.filter((file) => directoryOf(file, site.partitionBy) === part.directory);
  const list = whole.columns.map(
    ({ name, type }) => `CAST(${quoteName(name)} AS ${typeName(type, "duckdb")}) AS ${quoteName(name)}`,
  );
  const coming = `SELECT ${list.join(", ")} FROM ${added} WHERE ${part.where}`;
  const isMerged = found !== undefined && files.length > 0 && removed !== undefined;
  const staying = isMerged
    ? `SELECT * FROM ${asNow(site, files, found, whole)} AS t WHERE NOT ${removed} UNION ALL `
    : "";
  const sorted = order === undefined ? "" : order === "_order" ? " ORDER BY _order" : ` ORDER BY ${order}`;
  const number = change.strategy === "append" ? files.length : 0;
  const path = join(site.output, part.directory, `part-${number}.${site.format.ending}`);
  mkdirSync(dirname(path), { recursive: true });
  const query =
    staying === ""
      ? `${coming}${sorted}`
      : `SELECT ${quoteNames(whole.columns.map(({ name }) => name))} FROM (${staying}${coming})${sorted}`;
  return change.duckdb.run(`COPY (${query}) TO ${quoteValue(path)} (${site.format.writing})`);
}
