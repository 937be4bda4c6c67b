import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DuckDb } from "../duckdb/duckdb.ts";
import embedded from "../duckdb/embedded.ts";
import type { Change } from "../endpoint/writer.ts";
import { provided } from "../fixtures/warehouse.ts";
import { describeTable as describePostgres } from "../postgres/describe-table.ts";
import { postgresConnection } from "../postgres/postgres-connection.ts";
import { describeTable as describeSqlite } from "../sqlite/describe-table.ts";
import { sqliteConnection } from "../sqlite/sqlite-connection.ts";
import { MEMORY, transactionWriter } from "./transaction-writer.ts";

const URL_OF_TEST = process.env.ORCHESTRATE_TEST_POSTGRES;

let duckdb: DuckDb;
beforeEach(async () => {
  duckdb = await provided(embedded, { threads: 1 });
});
afterEach(() => duckdb.close());

const remember = () => ({ token: "sha256:token", memory: "{}" });

/** A change that adds one row. */
async function oneRow(id: number): Promise<Change> {
  const connection = await duckdb.connect(new AbortController().signal);
  await connection.run(
    `CREATE TABLE delta AS SELECT CAST(${id} AS BIGINT) AS id, FALSE AS _ingest_deleted, CAST(0 AS BIGINT) AS _ingest_order`,
  );
  return {
    strategy: "append",
    schema: { columns: [{ name: "id", type: { type: "integer", bits: 64 }, nullable: true }], key: [] },
    lacking: [],
    key: [],
    rows: "delta",
    instant: undefined,
    duckdb: connection,
  };
}

describe("a transaction that writes rows into SQLite", () => {
  it("keeps others from writing from its beginning on, so that it can't come too late itself", async () => {
    const directory = mkdtempSync(join(tmpdir(), "transaction-writer-"));
    using db = new DatabaseSync(join(directory, "t.sqlite"));
    db.exec("PRAGMA journal_mode = WAL; CREATE TABLE beside (x)");
    using other = new DatabaseSync(join(directory, "t.sqlite"), { timeout: 0 });
    const looks: string[] = [];
    const writer = transactionWriter({
      connection: sqliteConnection(db),
      table: '"t"',
      memory: MEMORY,
      async describe() {
        expect(() => other.exec("INSERT INTO beside VALUES (1)")).toThrow("database is locked");
        looks.push("looked");
        return describeSqlite(db, "t");
      },
      alter: () => [],
    });
    await writer.apply(await oneRow(1), "source", remember);
    expect(looks).not.toEqual([]);
    expect(db.prepare("SELECT id FROM t").all()).toEqual([{ id: 1 }]);
    rmSync(directory, { recursive: true });
  });
});

describe.skipIf(URL_OF_TEST === undefined)("two at once in a PostgreSQL that nothing was loaded into", () => {
  const database = `beside_${randomUUID().slice(0, 8)}`;
  const clients: Client[] = [];

  async function connected(name = database): Promise<Client> {
    const url = new URL(URL_OF_TEST!);
    url.pathname = `/${name}`;
    const client = new Client({ connectionString: url.href });
    await client.connect();
    clients.push(client);
    return client;
  }

  beforeEach(async () => {
    const client = await connected("postgres");
    await client.query(`CREATE DATABASE ${database}`);
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.end()));
    const client = await connected("postgres");
    await client.query(`DROP DATABASE ${database} WITH (FORCE)`);
    await client.end();
    clients.pop();
  });

  /** A writer of a table; `looked` is called within its transaction, before it changes anything. */
  async function writerOf(table: string, looked: () => Promise<void> = async () => {}) {
    const connection = postgresConnection(await connected());
    return transactionWriter({
      connection,
      table,
      memory: `public.${MEMORY}`,
      async describe() {
        const found = await describePostgres(connection, table);
        await looked();
        return found;
      },
      alter: () => [],
    });
  }

  it("load into two tables beside each other", async () => {
    const second = await writerOf("public.second");
    const change = await oneRow(2);
    let begun = false;
    const first = await writerOf("public.first", async () => {
      if (begun) return;
      begun = true;
      await second.apply(change, "source", remember);
    });
    await first.apply(await oneRow(1), "source", remember);
    const { rows } = await (await connected()).query("SELECT target FROM orchestrate_ingest ORDER BY target");
    expect(rows).toEqual([{ target: "public.first" }, { target: "public.second" }]);
  });

  it("load into one table one after the other", async () => {
    const watcher = await connected();
    const waits = async () => {
      const { rows } = await watcher.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
      return rows.length > 0;
    };
    const second = await writerOf("public.one");
    const change = await oneRow(2);
    const applied: Promise<unknown>[] = [];
    let isDone = false;
    const first = await writerOf("public.one", async () => {
      if (applied.length > 0) return;
      applied.push(second.apply(change, "second", remember).finally(() => (isDone = true)));
      while (!isDone && !(await waits()));
    });
    await first.apply(await oneRow(1), "first", remember);
    await Promise.all(applied);
    expect((await watcher.query("SELECT id FROM one ORDER BY id")).rows).toEqual([{ id: "1" }, { id: "2" }]);
  });
});
