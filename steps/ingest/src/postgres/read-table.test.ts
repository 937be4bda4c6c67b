import { randomUUID } from "node:crypto";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { expect, it } from "vitest";
import postgres from "../endpoints/postgres.ts";
import sqlite from "../endpoints/sqlite.ts";
import { provided, Warehouse } from "../fixtures/warehouse.ts";

const URL_OF_TEST = process.env.ORCHESTRATE_TEST_POSTGRES;

it.skipIf(URL_OF_TEST === undefined).each([
  ["texts that a language orders", 'text COLLATE "en-x-icu"'],
  ["an enumeration", "MOOD"],
])("goes on by %s in the order of bytes (needs ORCHESTRATE_TEST_POSTGRES)", async (_, written) => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "orchestrate-order-")));
  const client = new Client({ connectionString: URL_OF_TEST! });
  await client.connect();
  const name = `order_${randomUUID().slice(0, 8)}`;
  const type = written.replace("MOOD", `${name}_mood`);
  try {
    await client.query(`CREATE TYPE ${name}_mood AS ENUM ('b', 'a1', 'A2')`);
    await client.query(`CREATE TABLE ${name} (id serial PRIMARY KEY, at ${type})`);
    const warehouse = new Warehouse(root, {
      source: await provided(postgres, { urlSecret: "URL", table: name }),
      target: await provided(sqlite, { database: "target.sqlite", table: name }),
      secrets: { URL: URL_OF_TEST! },
      config: { changes: { mode: "cursor", column: "at" }, strategy: "append" },
    });
    for (const at of ["A2", "a1", "b"]) {
      await client.query(`INSERT INTO ${name} (at) VALUES ($1)`, [at]);
      expect(await warehouse.loaded()).toMatchObject({ read: 1 });
    }
    expect(await warehouse.loaded()).toMatchObject({ read: 0 });
  } finally {
    await client.query(`DROP TABLE IF EXISTS ${name}`);
    await client.query(`DROP TYPE IF EXISTS ${name}_mood`);
    await client.end();
    rmSync(root, { recursive: true, force: true });
  }
});
