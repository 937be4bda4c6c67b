import type { Change } from "../endpoint/writer.ts";
import { quoteName } from "../sql/quote.ts";
import type { ArtifactSite } from "./artifact-writer.ts";
import { type Part, partNames, partOf, valuesList } from "./parts.ts";
import type { Replacement } from "./replacement.ts";
import { MATCHED } from "./working-tables.ts";

/** The table as it is, and how much of it is written anew. */
export interface OldTable {
  /** What stands behind FROM; undefined where there is none. */
  readonly old: string | undefined;
  readonly rewrites: "all" | "touched";
}

/** The parts of which a row leaves, or into which one comes. */
export async function touchedParts(
  { partitionBy, files }: ArtifactSite,
  { strategy, rows, duckdb }: Change,
  { removed, added }: Replacement,
  { old, rewrites }: OldTable,
): Promise<readonly Part[]> {
  if (partitionBy.length === 0) {
    const isTouched =
      strategy === "full" ||
      rewrites === "all" ||
      files.length === 0 ||
      (await duckdb.rows(`SELECT 1 FROM ${quoteName(rows)} LIMIT 1`)).length > 0;
    return isTouched ? [partOf([], [])] : [];
  }
  const distinct = (from: string) => `SELECT DISTINCT ${valuesList(partitionBy, "t")} FROM ${from} AS t`;
  const queries = [distinct(added)];
  if (removed !== undefined && old !== undefined)
    queries.push(rewrites === "all" ? distinct(old) : `SELECT DISTINCT ${partNames(partitionBy)} FROM ${MATCHED}`);
  const values = await duckdb.rows(`SELECT * FROM (${queries.join(" UNION ")}) ORDER BY ALL`);
  return values.map((row) => partOf(partitionBy, row));
}
