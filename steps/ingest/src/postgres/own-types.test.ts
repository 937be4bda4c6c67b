import { randomUUID } from "node:crypto";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import csv from "../endpoints/csv.ts";
import postgres from "../endpoints/postgres.ts";
import sqlite from "../endpoints/sqlite.ts";
import { type Parts, provided, sqliteRows, Warehouse } from "../fixtures/warehouse.ts";

const URL_OF_TEST = process.env.ORCHESTRATE_TEST_POSTGRES;
const SWEEP = { mode: "cursor+key-sweep", column: "changed" } as const;
const config: Parts["config"] = { changes: { mode: "cursor", column: "changed" }, strategy: "scd1" };

describe.skipIf(URL_OF_TEST === undefined)("PostgreSQL (needs ORCHESTRATE_TEST_POSTGRES)", () => {
  let root: string;
  let schema: string;
  let client: Client;
  beforeEach(async () => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "orchestrate-own-types-")));
    schema = `own_${randomUUID().slice(0, 8)}`;
    client = new Client({ connectionString: URL_OF_TEST! });
    await client.connect();
    await client.query(`CREATE SCHEMA ${schema}; SET search_path TO ${schema}`);
  });
  afterEach(async () => {
    await client.query(`DROP SCHEMA ${schema} CASCADE`);
    await client.end();
    rmSync(root, { recursive: true, force: true });
  });

  const table = (name: string) => provided(postgres, { urlSecret: "URL", schema, table: name });
  const warehouse = async (parts: Partial<Parts> = {}) =>
    new Warehouse(root, {
      source: await table("source"),
      target: await table("target"),
      config,
      secrets: { URL: URL_OF_TEST! },
      ...parts,
    });
  const rows = async (text: string) => (await client.query<unknown[]>({ text, rowMode: "array" })).rows;

  it("gives a table of its own types each value as it is", async () => {
    await client.query(`CREATE TYPE "Mood" AS ENUM ('sad', 'Happy'); CREATE DOMAIN few AS integer CHECK (VALUE < 10);
      CREATE TABLE source (id integer PRIMARY KEY, mood "Mood", numbers integer[], words varchar(9)[], few few, span interval,
        rounded numeric(5, -2), small numeric(3, 5), part numeric(2, 2), changed integer);
      CREATE TABLE target (LIKE source INCLUDING ALL);
      INSERT INTO source VALUES (1, 'Happy', '{1,NULL,3}', '{"a,b","c\\"d",NULL,""}', 7, '1 mon -2 days', 12345, 0.00123, -0.25, 1),
        (2, NULL, '{}', '{{a},{b}}', NULL, NULL, NULL, NULL, NULL, 1)`);
    await (await warehouse()).loaded();
    const query = (from: string) => `SELECT ${from}::text FROM ${from} ORDER BY id`;
    expect(await rows(query("target"))).toEqual(await rows(query("source")));
  });

  it("tells days and times of every era, and those without end", async () => {
    await client.query(`CREATE TABLE source (id integer PRIMARY KEY, day date, at timestamp, changed integer);
      INSERT INTO source VALUES (1, '0044-03-15 BC', '0044-03-15 12:30:00.5 BC', 1), (2, '12345-06-07', '12345-06-07', 1),
        (3, 'infinity', '-infinity', 1)`);
    const database = await provided(sqlite, { database: "target.sqlite", table: "target" });
    await (await warehouse({ target: database })).loaded();
    expect(sqliteRows(join(root, "target.sqlite"), "SELECT day, at FROM target ORDER BY id")).toEqual([
      ["0044-03-15 (BC)", "0044-03-15 (BC) 12:30:00.5"],
      ["12345-06-07", "12345-06-07 00:00:00"],
      ["infinity", "-infinity"],
    ]);
    await (await warehouse({ source: database, config: { ...config, key: ["id"] } })).loaded();
    expect(await rows("SELECT day::text, at::text FROM target ORDER BY id")).toEqual([
      ["0044-03-15 BC", "0044-03-15 12:30:00.5 BC"],
      ["12345-06-07", "12345-06-07 00:00:00"],
      ["infinity", "-infinity"],
    ]);
  });

  it("tells a text without the blanks that fill it", async () => {
    await client.query(
      "CREATE TABLE source (id char(4) PRIMARY KEY, changed integer); INSERT INTO source VALUES ('ab', 1)",
    );
    const made = await warehouse({ config: { ...config, changes: SWEEP } });
    await made.loaded();
    await client.query("UPDATE source SET changed = 2");
    await made.loaded();
    expect(await rows("SELECT id, changed::text FROM target")).toEqual([["ab", "2"]]);
  });

  it("knows a key without the columns that its index only holds", async () => {
    await client.query(`CREATE TABLE source (id integer, note text, changed integer, PRIMARY KEY (id) INCLUDE (note));
      INSERT INTO source VALUES (1, 'old', 1)`);
    const made = await warehouse();
    await made.loaded();
    await client.query("UPDATE source SET note = 'new', changed = 2");
    await made.loaded();
    expect(await rows("SELECT id::text, note FROM target")).toEqual([["1", "new"]]);
  });

  it("takes a text that is longer than SQLite declares it, and cuts none that its own column can't hold", async () => {
    using shop = new DatabaseSync(join(root, "shop.sqlite"));
    shop.exec(
      `CREATE TABLE goods (id BIGINT PRIMARY KEY, note VARCHAR(3), changed BIGINT); INSERT INTO goods VALUES (1, 'rope', 1)`,
    );
    const source = await provided(sqlite, { database: "shop.sqlite", table: "goods" });
    await (await warehouse({ source })).loaded();
    expect(await rows("SELECT note FROM target")).toEqual([["rope"]]);
    await client.query(
      `DROP TABLE target, orchestrate_ingest; CREATE TABLE target (id bigint PRIMARY KEY, note varchar(3), changed bigint)`,
    );
    const declared = { ...config, key: ["id"] };
    const csvOf = await provided(csv, { path: "goods.csv", types: { note: "varchar(3)" } });
    writeFileSync(join(root, "goods.csv"), "id,note,changed\n1,rope,1\n");
    const { error } = await (await warehouse({ source: csvOf, config: declared })).load();
    expect(error).toMatchObject({
      code: "database-refused",
      detail: "PostgreSQL says: value too long for type character varying(3).",
    });
  });

  it("fills and keeps by itself the columns that a source lacks", async () => {
    await client.query(`CREATE TABLE source (id integer PRIMARY KEY, changed integer); INSERT INTO source VALUES (1, 1), (2, 1);
      CREATE TABLE target (id integer PRIMARY KEY, changed integer, twice integer GENERATED ALWAYS AS (changed * 2) STORED,
        serial integer GENERATED ALWAYS AS IDENTITY, note text NOT NULL DEFAULT 'none')`);
    const made = await warehouse();
    await made.loaded();
    await client.query("UPDATE target SET note = 'seen' WHERE id = 1; UPDATE source SET changed = 2 WHERE id = 1");
    await made.loaded();
    expect(await rows("SELECT id, changed, twice, note FROM target ORDER BY id")).toEqual([
      [1, 2, 4, "seen"],
      [2, 1, 2, "none"],
    ]);
  });

  it("refuses names that it would cut, before it makes anything", async () => {
    writeFileSync(join(root, "goods.csv"), `id,${"é".repeat(32)},changed\n1,2,3\n`);
    const source = await provided(csv, { path: "goods.csv" });
    const { error } = await (await warehouse({ source, config: { ...config, key: ["id"] } })).load();
    expect(error).toMatchObject({
      code: "column-unsuitable",
      detail: `The name of the column "${"é".repeat(32)}" has 64 bytes, and names in postgres:$URL#${schema}.target have 63 at most.`,
      hint: "Leave it out by columns, or load from a view that gives it a shorter name.",
    });
    expect(await rows("SELECT to_regclass('target')")).toEqual([[null]]);
    await expect(table("é".repeat(32))).rejects.toThrow("PostgreSQL cuts names of more than 63 bytes");
  });

  it("refuses a number of more digits than the float keeps that its column becomes", async () => {
    await client.query(`CREATE TABLE source (id bigint PRIMARY KEY, size bigint, changed bigint);
      INSERT INTO source VALUES (1, 9007199254740993, 1)`);
    const made = await warehouse();
    await made.loaded();
    await client.query(
      "ALTER TABLE source ALTER COLUMN size TYPE double precision; UPDATE source SET size = 0.5, changed = 2",
    );
    const { error } = await made.load();
    expect(error).toMatchObject({
      detail: expect.stringContaining('"9007199254740993 of column "size" has more digits than a float keeps"'),
    });
    expect(await rows("SELECT size::text FROM target")).toEqual([["9007199254740993"]]);
  });

  it("says of a connection that is cut what may help, and of a URL that is none no more than that", async () => {
    await client.query(
      "CREATE TABLE source (id integer PRIMARY KEY, changed integer); INSERT INTO source VALUES (1, 1)",
    );
    await client.query(`CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END';
      CREATE TABLE target (id integer PRIMARY KEY, changed integer);
      CREATE TRIGGER cuts BEFORE INSERT ON target FOR EACH ROW EXECUTE FUNCTION cut()`);
    const made = await warehouse();
    expect((await made.load()).error).toMatchObject({
      code: "database-refused",
      category: "io",
      hint: "Look whether the database runs, can be reached and has room, and resume the run.",
    });
    await client.query("DROP TRIGGER cuts ON target");
    expect(await made.loaded()).toMatchObject({ written: 1 });
    const { error } = await made.load({ secrets: { URL: "postgres://me:hush@[host/x" } });
    expect(error).toMatchObject({ code: "url-unsuitable" });
    expect(String(error)).not.toContain("hush");
  });

  it("tells what another attempt may mend from what it can't", async () => {
    await client.query(`CREATE TABLE source (id integer PRIMARY KEY, changed integer); INSERT INTO source VALUES (1, 1);
      CREATE TABLE target (id integer PRIMARY KEY, changed integer)`);
    const raised = async (code: string) => {
      await client.query(`CREATE OR REPLACE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN RAISE EXCEPTION ''no'' USING ERRCODE = ''${code}''; END';
        CREATE OR REPLACE TRIGGER fails BEFORE INSERT ON target FOR EACH ROW EXECUTE FUNCTION fails()`);
      return (await (await warehouse()).load()).error;
    };
    // A deadlock, a lock that was not to be had, a full disk; and a row that is refused.
    for (const code of ["40P01", "55P03", "53100"]) expect(await raised(code)).toMatchObject({ category: "io" });
    expect(await raised("23514")).toMatchObject({ category: "failed" });
  });

  it("is loaded by a role that may make tables in its own schema alone", async () => {
    const url = await roleOf("lesser", "");
    await client.query(`GRANT ALL ON SCHEMA ${schema} TO ${url.username};
      CREATE TABLE source (id integer PRIMARY KEY, changed integer); INSERT INTO source VALUES (1, 1);
      GRANT SELECT ON source TO ${url.username}`);
    await (await warehouse({ secrets: { URL: url.href } })).loaded();
    expect(await rows("SELECT target FROM orchestrate_ingest")).toEqual([[`"${schema}"."target"`]]);
    await client.query(`DROP OWNED BY ${url.username}; DROP ROLE ${url.username}`);
  });

  it("is understood whatever its roles are set to", async () => {
    const url = await roleOf("odd", "SUPERUSER");
    const settings = [
      "bytea_output TO escape",
      "standard_conforming_strings TO off",
      "intervalstyle TO iso_8601",
      "datestyle TO German",
      "timezone TO 'America/New_York'",
      "extra_float_digits TO -5",
    ];
    for (const setting of settings) await client.query(`ALTER ROLE ${url.username} SET ${setting}`);
    await client.query(`CREATE TABLE source (id text PRIMARY KEY, bytes bytea, span interval, day date, at timestamptz, size float8, changed integer);
      INSERT INTO source VALUES (E'a\\\\b', 'abcd', '1 day 2 hours', '2024-02-03', '2024-03-31 02:30:00+02', 0.1, 1)`);
    await (await warehouse({ secrets: { URL: url.href }, config: { ...config, changes: SWEEP } })).loaded();
    await client.query(`REASSIGN OWNED BY ${url.username} TO CURRENT_USER; DROP ROLE ${url.username}`);
    expect(await rows("SELECT id, encode(bytes, 'hex'), span::text, day::text, at::text, size FROM target")).toEqual([
      ["a\\b", "61626364", "1 day 02:00:00", "2024-02-03", "2024-03-31 00:30:00", 0.1],
    ]);
  });

  /** A new role, and a URL by which it connects. */
  async function roleOf(name: string, rights: string): Promise<URL> {
    const url = new URL(URL_OF_TEST!);
    url.username = `${name}_${randomUUID().slice(0, 8)}`;
    url.password = "known";
    await client.query(`CREATE ROLE ${url.username} LOGIN PASSWORD 'known' ${rights}`);
    return url;
  }
});
