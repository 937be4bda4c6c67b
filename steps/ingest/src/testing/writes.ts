import assert from "node:assert/strict";
import type { Endpoint, OpenEndpoint, Reach } from "../endpoint/endpoint.ts";
import type { Change, TransactionWriter } from "../endpoint/writer.ts";
import { allRows } from "./all-rows.ts";

/** A change that can't be remembered changes nothing; one that can is remembered with its token. */
export async function writes({ label, capabilities }: Endpoint, table: OpenEndpoint, reach: Reach): Promise<void> {
  const { writer } = table;
  assert.equal(writer === undefined, capabilities.writes.length === 0, "writes and writer say different things");
  if (writer === undefined || writer.commits === "artifact") return;
  const schema = await table.describe();
  assert.ok(schema, "there is no table");
  const columns = schema.columns.map(({ name }) => name);
  await reach.duckdb.fill("before", schema.columns, table.read({ columns }));
  const list = `SELECT *, FALSE AS _ingest_deleted, CAST(row_number() OVER () - 1 AS BIGINT) AS _ingest_order FROM before`;
  await reach.duckdb.run(`CREATE TABLE all_rows AS ${list}`);
  await reach.duckdb.run("CREATE TABLE no_rows AS SELECT * FROM all_rows LIMIT 0");
  const change = (rows: string): Change => ({
    strategy: "full",
    schema,
    lacking: [],
    key: schema.key,
    rows,
    instant: undefined,
    duckdb: reach.duckdb,
  });
  const count = async () => (await allRows(table, { columns })).length;
  const rows = await count();
  await refusesToForget(writer, change("no_rows"), label);
  assert.equal(await count(), rows, "rows changed although the change could not be remembered");
  const memory = '{"kept":"as it is"}';
  await writer.apply(change("no_rows"), label, () => ({ token: "sha256:kit", memory }));
  assert.equal(await count(), 0, "the rows were not replaced");
  assert.deepEqual(await writer.committed(label), { token: "sha256:kit", memory });
  const other = await writer.committed(`${label}, another`);
  assert.equal(other, undefined, "it remembers of a source that never was one what it does of this one");
  await writer.apply(change("all_rows"), label, () => ({ token: "sha256:kit-2", memory }));
  assert.equal(await count(), rows, "the rows were not put back");
}

async function refusesToForget(writer: TransactionWriter, change: Change, source: string): Promise<void> {
  const lost = new Error("This attempt is over.");
  await assert.rejects(
    writer.apply(change, source, () => {
      throw lost;
    }),
    lost,
  );
}
