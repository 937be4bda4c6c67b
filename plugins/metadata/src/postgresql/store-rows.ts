import type pg from "pg";
import type { Reach } from "../reach.ts";
import { isSameFact, type RecordRow, refuseConflict } from "../record/admit-records.ts";
import { inTransaction } from "./in-transaction.ts";

export interface RowStore {
  readonly pool: pg.Pool;
  readonly schema: string;
  readonly reach: Reach;
}

/** Stores all rows or none; gives how many were new. @throws OrchestrateError `metadata-key-conflict` */
export function storeRows({ pool, schema, reach }: RowStore, rows: readonly RecordRow[]): Promise<number> {
  const store = async (client: pg.PoolClient) => {
    reach("store:before");
    const { rows: inserted } = await client.query<{ key: string }>(insertSql(schema), columnsOf(rows));
    const fresh = new Set(inserted.map(({ key }) => key));
    // Of rows with one key, the first is the one that was stored.
    const others = rows.filter(({ key }) => !fresh.delete(key));
    if (others.length > 0) await compare(client, schema, others);
    reach("store:after");
    return inserted.length;
  };
  return inTransaction(pool, schema, store, async (client) => {
    reach("commit:before");
    await client.query("COMMIT");
    reach("commit:after");
  });
}

function insertSql(schema: string): string {
  return `INSERT INTO ${schema}.records (key, kind, subject, time, producer, payload)
SELECT key, kind, subject, time, producer, payload::json
FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[])
  WITH ORDINALITY AS row (key, kind, subject, time, producer, payload, n)
ORDER BY n
ON CONFLICT (key) DO NOTHING
RETURNING key`;
}

function columnsOf(rows: readonly RecordRow[]): (readonly (string | number)[])[] {
  return [
    rows.map(({ key }) => key),
    rows.map(({ kind }) => kind),
    rows.map(({ subject }) => subject),
    rows.map(({ time }) => time),
    rows.map(({ producer }) => producer),
    rows.map(({ payload }) => payload),
  ];
}

async function compare(client: pg.PoolClient, schema: string, rows: readonly RecordRow[]): Promise<void> {
  const sql = `SELECT key, kind, subject, time, producer, payload FROM ${schema}.records WHERE key = ANY ($1)`;
  const { rows: stored } = await client.query<RecordRow>(sql, [rows.map(({ key }) => key)]);
  const byKey = new Map(stored.map((row) => [row.key, row]));
  for (const row of rows) {
    const known = byKey.get(row.key);
    if (known === undefined || !isSameFact(row, known)) refuseConflict(row);
  }
}
