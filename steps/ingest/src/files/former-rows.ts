import { isDeepStrictEqual } from "node:util";
import { findColumn, type TableSchema } from "../table/table-schema.ts";
import type { ArtifactSite } from "./artifact-writer.ts";
import { arePartedBy, type Part, type PartFile } from "./parts.ts";

/** Which files of the table as it is hold rows of a part, and which of their rows those are. */
export type FormerRows = (part: Part) => { readonly files: readonly PartFile[]; readonly where: string };

/**
 * Finds the rows of a part in its directory; or anywhere, where the table was parted by other columns, or by those in
 * other types, whose values can have other names.
 */
export function formerRows(
  { files, partitionBy }: ArtifactSite,
  found: TableSchema | undefined,
  whole: TableSchema,
): FormerRows {
  const typeIn = (schema: TableSchema | undefined, name: string) => schema && findColumn(schema, name)?.type;
  const areNamedAlike = partitionBy.every((name) => isDeepStrictEqual(typeIn(found, name), typeIn(whole, name)));
  if (!areNamedAlike || !arePartedBy(files, partitionBy)) return ({ where }) => ({ files, where });
  return (part) => ({ files: files.filter(({ directory }) => directory === part.directory), where: "TRUE" });
}
