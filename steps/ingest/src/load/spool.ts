import type { DuckConnection } from "../duckdb/duckdb.ts";
import type { OpenEndpoint } from "../endpoint/endpoint.ts";
import { castList } from "../sql/typed.ts";
import type { Column } from "../table/table-schema.ts";

/** The table into which a source that can only be read as a whole is read, once. */
export const SPOOL = "ingest_spool";

/**
 * Reads a source as a whole into the spool, where it is not there yet.
 *
 * @param where which rows are wanted, in DuckDB's SQL.
 */
export async function spool(
  duckdb: DuckConnection,
  source: OpenEndpoint,
  columns: readonly Column[],
  where: string,
): Promise<void> {
  const [found] = await duckdb.rows(`SELECT 1 FROM duckdb_tables() WHERE table_name = '${SPOOL}'`);
  if (found !== undefined) return;
  if (source.relation !== undefined) {
    const typed = `(SELECT ${castList(columns)} FROM ${source.relation})`;
    await duckdb.run(`CREATE TABLE ${SPOOL} AS SELECT * FROM ${typed} WHERE ${where}`);
    return;
  }
  await duckdb.fill(SPOOL, columns, source.read({ columns: columns.map(({ name }) => name) }));
  await duckdb.run(`DELETE FROM ${SPOOL} WHERE NOT coalesce(${where}, TRUE)`);
}
