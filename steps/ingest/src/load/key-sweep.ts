import type { OpenEndpoint } from "../endpoint/endpoint.ts";
import { amongRows } from "../sql/among-rows.ts";
import { HISTORY } from "../sql/history.ts";
import { quoteName, quoteNames } from "../sql/quote.ts";
import { travelList } from "../sql/travel-list.ts";
import { castList, typedLiteral } from "../sql/typed.ts";
import { type Column, findColumn, type TableSchema } from "../table/table-schema.ts";
import { DELTA } from "./delta.ts";
import type { Extraction } from "./extraction.ts";
import { SPOOL, spool } from "./spool.ts";

export interface SweepOf {
  readonly extraction: Extraction;
  readonly target: OpenEndpoint;
  /** The target as it is; undefined where there is none yet. */
  readonly found: TableSchema | undefined;
  /** The columns that the target shall have. */
  readonly columns: readonly Column[];
  readonly key: readonly string[];
  /** The instant at which what is gone counts as deleted, as text; null where nothing was ever loaded. */
  readonly instant: string | null;
}

/** How many keys are asked for at once. */
const KEYS = 500;

/**
 * Compares key and cursor of all rows, source against what the target will hold after the delta. Rows that are missing
 * there, or stand there with another cursor, are fetched; rows that are gone from the source are deleted.
 *
 * @returns how many rows were fetched
 */
export async function keySweep(of: SweepOf): Promise<number> {
  const { extraction, key } = of;
  const { duckdb, cursor } = extraction;
  const at = quoteName(cursor.name);
  const keys = quoteNames(key);
  await sourceKeys(of);
  await targetKeys(of);
  await duckdb.run(`CREATE TABLE ingest_expected AS
    SELECT ${keys}, ${at} FROM ${DELTA} WHERE NOT _ingest_deleted QUALIFY row_number() OVER (PARTITION BY ${keys} ORDER BY _ingest_order DESC) = 1`);
  await duckdb.run(`INSERT INTO ingest_expected SELECT ${keys}, ${at} FROM ingest_target_keys AS t
    WHERE NOT ${amongRows("ingest_expected", key, "t")}`);
  await duckdb.run(`CREATE TABLE ingest_missing AS SELECT ${keys}, row_number() OVER () - 1 AS _ingest_number FROM ingest_source_keys AS s
    WHERE NOT ${amongRows("ingest_expected", key, "s", `r.${at} IS NOT DISTINCT FROM s.${at}`)}`);
  const fetched = await fetchMissing(of);
  await deleteGone(of);
  return fetched;
}

async function sourceKeys({ extraction, key }: SweepOf): Promise<void> {
  const { duckdb, source, reads, columns, cursor } = extraction;
  const wanted = [...key.map((name) => findColumn({ columns }, name)!), cursor];
  if (reads === "whole") {
    await spool(duckdb, source, columns, "TRUE");
    await duckdb.run(`CREATE TABLE ingest_source_keys AS SELECT ${castList(wanted)} FROM ${SPOOL}`);
    return;
  }
  await duckdb.fill("ingest_source_keys", wanted, source.read({ columns: wanted.map(({ name }) => name) }));
}

async function targetKeys({ extraction, target, found, columns, key }: SweepOf): Promise<void> {
  const { duckdb, cursor } = extraction;
  const wanted = [...key, cursor.name].map((name) => findColumn({ columns }, name)!);
  const table = "ingest_target_keys";
  if (found === undefined) {
    await duckdb.run(`CREATE TABLE ${table} AS SELECT ${castList(wanted, [])} LIMIT 0`);
    return;
  }
  const current = findColumn(found, HISTORY.current);
  const read = [...wanted, ...(current === undefined ? [] : [current])];
  const where = current === undefined ? "" : `WHERE ${HISTORY.current}`;
  if (target.relation !== undefined) {
    await duckdb.run(`CREATE TABLE ${table} AS SELECT ${castList(wanted)} FROM ${target.relation} ${where}`);
    return;
  }
  await duckdb.fill(table, read, target.read({ columns: read.map(({ name }) => name) }));
  if (current !== undefined) await duckdb.run(`DELETE FROM ${table} WHERE NOT ${HISTORY.current}`);
}

/** What the source holds now takes the place of what was staged, if its cursor is less as well. */
async function fetchMissing({ extraction, columns, key }: SweepOf): Promise<number> {
  const { duckdb, source, reads, columns: read, cursor, signal } = extraction;
  await duckdb.run(`DELETE FROM ${DELTA} AS t WHERE ${amongRows("ingest_missing", key, "t")}`);
  const insert = (table: string, asked: string) =>
    duckdb.run(`INSERT INTO ${DELTA} SELECT ${castList(columns, read)}, FALSE,
      CAST((SELECT coalesce(max(_ingest_order), -1) FROM ${DELTA}) + row_number() OVER (ORDER BY ${quoteNames(key)}) AS BIGINT), ${quoteName(cursor.name)}
      FROM ${table} AS s WHERE ${amongRows(asked, key, "s")}`);
  if (reads === "whole") return insert(SPOOL, "ingest_missing");
  const keyColumns = key.map((name) => findColumn({ columns: read }, name)!);
  const missing = await duckdb.rows(`SELECT ${travelList(keyColumns)} FROM ingest_missing ORDER BY _ingest_number`);
  let fetched = 0;
  for (let from = 0; from < missing.length; from += KEYS) {
    signal.throwIfAborted();
    const keys = { columns: key, rows: missing.slice(from, from + KEYS) };
    await duckdb.fill("ingest_fetched", read, source.read({ columns: read.map(({ name }) => name), keys }));
    // A source may give others beside those that it was asked for.
    const asked = `(SELECT * FROM ingest_missing WHERE _ingest_number BETWEEN ${from} AND ${from + KEYS - 1})`;
    fetched += await insert("ingest_fetched", asked);
    await duckdb.run("DROP TABLE ingest_fetched");
  }
  return fetched;
}

async function deleteGone({ extraction, columns, key, instant }: SweepOf): Promise<void> {
  const { duckdb, cursor } = extraction;
  const isGone = `NOT ${amongRows("ingest_source_keys", key, "t")}`;
  await duckdb.run(`DELETE FROM ${DELTA} AS t WHERE ${isGone}`);
  const at = instant === null ? "NULL" : typedLiteral(instant, cursor.type);
  const keyColumns = key.map((name) => findColumn({ columns }, name)!);
  await duckdb.run(`INSERT INTO ${DELTA} SELECT ${castList(columns, keyColumns)}, TRUE,
    CAST((SELECT coalesce(max(_ingest_order), -1) FROM ${DELTA}) + row_number() OVER (ORDER BY ${quoteNames(key)}) AS BIGINT), ${at}
    FROM ingest_target_keys AS t WHERE ${isGone}`);
}
