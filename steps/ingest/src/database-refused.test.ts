import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Client } from "pg";
import { describe, expect, it } from "vitest";
import postgres from "./endpoints/postgres.ts";
import sqlite from "./endpoints/sqlite.ts";
import { goodsShop } from "./fixtures/goods-shop.ts";
import { provided } from "./fixtures/warehouse.ts";

const { root, exec, refused } = goodsShop();

describe("a load says what a database refuses:", () => {
  it("rows that SQLite refuses, in its own words, and changes nothing", async () => {
    using db = new DatabaseSync(join(root(), "target.sqlite"));
    db.exec("CREATE TABLE goods (id BIGINT PRIMARY KEY, name TEXT CHECK (name <> 'b'), changed BIGINT)");
    const error = await refused();
    expect(error).toMatchObject({
      code: "database-refused",
      category: "failed",
      detail: "SQLite says: CHECK constraint failed: name <> 'b'.",
      hint: "Mend the data, the table or the options that it names.",
    });
    expect(db.prepare("SELECT count(*) AS n FROM goods").get()).toEqual({ n: 0 });
    db.exec("DROP TABLE goods; CREATE TABLE goods (id BIGINT, name TEXT, changed BIGINT)");
    expect(await refused()).toMatchObject({
      code: "database-refused",
      detail: "SQLite says: ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint.",
    });
  });

  it("a database that another process has locked, as something to be tried again", async () => {
    using other = new DatabaseSync(join(root(), "target.sqlite"));
    other.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (x); BEGIN IMMEDIATE");
    const locked = await provided(sqlite, { database: "target.sqlite", table: "goods", busyTimeout: 0 });
    expect(await refused({ target: locked })).toMatchObject({
      code: "database-refused",
      category: "io",
      effects: "unknown",
      detail: "SQLite says: database is locked.",
      hint: "Raise the endpoint's busyTimeout, or let phases that write to it follow each other by after.",
    });
  });

  it.skipIf(process.env.ORCHESTRATE_TEST_POSTGRES === undefined)("rows that PostgreSQL refuses", async () => {
    const urlSecret = "URL";
    const table = `refused_${randomUUID().slice(0, 8)}`;
    const client = new Client({ connectionString: process.env.ORCHESTRATE_TEST_POSTGRES! });
    await client.connect();
    await client.query(`CREATE TABLE ${table} (id bigint PRIMARY KEY, name text NOT NULL UNIQUE, changed bigint)`);
    exec("UPDATE goods SET name = 'a'");
    const error = await refused({
      target: await provided(postgres, { urlSecret, table }),
      secrets: { [urlSecret]: process.env.ORCHESTRATE_TEST_POSTGRES! },
    });
    await client.query(`DROP TABLE ${table}`);
    await client.end();
    expect(error).toMatchObject({
      code: "database-refused",
      category: "failed",
      detail: `PostgreSQL says: duplicate key value violates unique constraint "${table}_name_key" (Key (name)=(a) already exists.).`,
    });
  });

  it("a file that is no database", async () => {
    writeFileSync(
      join(root(), "notes.txt"),
      "these are notes, and no database at all, though long enough to be taken for one",
    );
    const source = await provided(sqlite, { database: "notes.txt", table: "goods" });
    expect(await refused({ source })).toMatchObject({
      code: "endpoint-unreachable",
      detail: expect.stringMatching(/notes\.txt can't be opened: file is not a database/),
    });
  });
});
