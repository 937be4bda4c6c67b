import { posix } from "node:path";
import type { Change } from "../endpoint/writer.ts";
import { quoteName, quoteNames, quoteValue } from "../sql/quote.ts";
import { castList } from "../sql/typed.ts";
import type { TableSchema } from "../table/table-schema.ts";
import type { ArtifactSite } from "./artifact-writer.ts";
import type { FileFormat } from "./file-format.ts";
import type { FormerRows } from "./former-rows.ts";
import type { Part, PartFile } from "./parts.ts";
import type { Replacement } from "./replacement.ts";

export interface PartOf {
  readonly change: Change;
  readonly swap: Replacement;
  readonly part: Part;
  readonly former: FormerRows;
  /** The table as it is; undefined where it is made or replaced. */
  readonly found: TableSchema | undefined;
  /** The table as it shall be. */
  readonly whole: TableSchema;
  /** Whether the rows go into a file beside those that are there. */
  readonly isAdded: boolean;
}

/** Writes one part of a table: the rows that stay there and those that come in. Gives how many it holds. */
export async function writePart(
  site: ArtifactSite,
  { change, swap, part, former, found, whole, isAdded }: PartOf,
): Promise<number> {
  const { removed, added, order } = swap;
  const { files, where } = former(part);
  const coming = `SELECT ${castList(whole.columns)} FROM ${added} WHERE ${part.where}`;
  const sorted = order === undefined ? "" : ` ORDER BY ${order}`;
  const isMerged = found !== undefined && files.length > 0 && removed !== undefined;
  const names = quoteNames(whole.columns.map(({ name }) => name));
  const query = isMerged
    ? `SELECT ${names} FROM (SELECT * FROM ${tableAsNow(site, files, found, whole)} AS t WHERE ${where} AND NOT ${removed} UNION ALL ${coming})${sorted}`
    : `${coming}${sorted}`;
  const number = isAdded ? files.length : 0;
  const path = site.output.file(posix.join(part.directory, `part-${number}.${site.format.ending}`));
  return change.duckdb.run(
    `COPY (${asWritten(site.format, whole, query)}) TO ${quoteValue(path)} (${site.format.writing})`,
  );
}

function asWritten({ written, fits }: FileFormat, { columns }: TableSchema, query: string): string {
  if (written === undefined && fits === undefined) return query;
  const list = columns.map((column) => `${written?.(column) ?? quoteName(column.name)} AS ${quoteName(column.name)}`);
  return `SELECT ${list.join(", ")} FROM (${query})${fits === undefined ? "" : ` WHERE ${fits(columns)}`}`;
}

/** Some files of the table as it is, with the columns that it shall have: what can stand behind FROM. */
export function tableAsNow(
  site: ArtifactSite,
  files: readonly PartFile[],
  found: TableSchema,
  whole: TableSchema,
): string {
  return `(SELECT ${castList(whole.columns, found.columns)} FROM ${site.reading(files.map(({ path }) => path))})`;
}
