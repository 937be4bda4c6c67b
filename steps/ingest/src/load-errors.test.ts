import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import csv from "./endpoints/csv.ts";
import parquet from "./endpoints/parquet.ts";
import postgres from "./endpoints/postgres.ts";
import sqlite from "./endpoints/sqlite.ts";
import { goodsShop } from "./fixtures/goods-shop.ts";
import { type Parts, provided, Warehouse } from "./fixtures/warehouse.ts";
import { LoadConfig } from "./load/load-config.ts";

const { root, exec, goods, target, refused } = goodsShop();
const changes = { mode: "cursor", column: "changed" } as const;

describe("a load says what is wrong with", () => {
  it("a source that is not there", async () => {
    const none = await provided(sqlite, { database: "shop.sqlite", table: "none" });
    expect(await refused({ source: none })).toMatchObject({
      code: "source-missing",
      detail: "There is no table at the source sqlite:shop.sqlite#none.",
      // So that the load that is mended may be run.
      effects: "none",
    });
    const nothing = await provided(csv, {});
    expect(await refused({ source: nothing })).toMatchObject({
      code: "endpoint-without-place",
      detail: "The endpoint csv names no path, and nothing is wired to its side.",
    });
    const unnamed = await provided(sqlite, { table: "goods" });
    expect(await refused({ source: unnamed })).toMatchObject({
      code: "endpoint-without-place",
      detail: 'The endpoint sqlite of table "goods" names no database, and none is wired.',
    });
    const nowhere = await provided(sqlite, { database: "no/where.sqlite", table: "goods" });
    expect(await refused({ source: nowhere })).toMatchObject({
      code: "endpoint-unreachable",
      category: "io",
      detail: expect.stringMatching(/no\/where\.sqlite can't be opened: there is no such directory\.$/),
    });
    const mistyped = await provided(sqlite, { database: "shpo.sqlite", table: "goods" });
    expect(await refused({ source: mistyped })).toMatchObject({
      code: "endpoint-unreachable",
      detail: expect.stringMatching(/shpo\.sqlite can't be opened: there is no such file\.$/),
    });
    expect(existsSync(join(root(), "shpo.sqlite"))).toBe(false);
  });

  it.each<[Partial<Parts["config"]>, string, string]>([
    [{ changes: { mode: "cursor", column: "at" } }, "at", "changes"],
    [{ changes: { ...changes, mode: "cursor+tombstone", tombstone: "gone" } }, "gone", "changes"],
    [{ changes: { mode: "changelog", sequence: "changed", operation: "op" } }, "op", "changes"],
    [{ key: ["ids"] }, "ids", "key"],
    [{ columns: ["id", "names", "changed"] }, "names", "columns"],
  ])("a column that is not there: %j", async (config, name, field) => {
    expect(await refused({ config: { changes, strategy: "scd1", key: ["id"], ...config } })).toMatchObject({
      code: "column-unknown",
      category: "input",
      detail: `The config names the column "${name}" in ${field}, which the source does not have.`,
      hint: "It has id, name, changed.",
    });
  });

  it.each([
    [["id", "name"], "changed", "changes"],
    [["changed", "name"], "id", "key"],
  ])("columns %j, which leave out what the load goes by", async (columns, name, field) => {
    expect(await refused({ config: { changes, strategy: "scd1", key: ["id"], columns } })).toMatchObject({
      code: "column-unknown",
      detail: `The config leaves out the column "${name}" in columns, which ${field} needs.`,
      hint: `Add ${name} to columns.`,
    });
  });

  it("a table that is to be parted by a column that it does not have", async () => {
    const parted = await provided(parquet, { partitionBy: ["name", "town"] });
    expect(await refused({ target: parted })).toMatchObject({
      code: "column-unknown",
      category: "input",
      detail: 'The option partitionBy of parquet names the column "town", which the table does not have.',
      hint: "It has id, name, changed.",
      effects: "none",
    });
  });

  it("columns that are named twice, before anything runs", () => {
    const { error } = LoadConfig.safeParse({
      changes,
      strategy: "scd1",
      key: ["id"],
      columns: ["id", "ID", "changed"],
    });
    expect(error?.issues).toMatchObject([{ path: ["columns"], message: "names a column twice" }]);
  });

  it("keys that can't tell rows apart where all rows are merged", async () => {
    const all = { changes: { mode: "full" }, strategy: "scd1" } as const;
    exec("INSERT INTO goods VALUES (2, 'c', 30), (1, 'd', 40)");
    expect(await refused({ config: all })).toMatchObject({
      code: "key-repeats",
      category: "input",
      detail: "2 keys (id) stand in several rows, as 1 does, and without a cursor none is the newest.",
      hint: "Choose a key that tells rows apart, mend the source, or load by a cursor.",
    });
    exec("DELETE FROM goods WHERE changed > 20; INSERT INTO goods VALUES (NULL, 'e', 50)");
    expect(await refused({ config: all })).toMatchObject({
      code: "key-null",
      detail: "1 row has no value in the key id.",
    });
  });

  it.each(["", "not a url", "mysql://me:p4ss-word@localhost/db", "postgres://me:p#ss-word@localhost/db"])(
    "a secret that is no URL of PostgreSQL: %j",
    async (url) => {
      const server = await provided(postgres, { urlSecret: "URL", table: "goods" });
      expect(await refused({ target: server, secrets: { URL: url } })).toMatchObject({
        code: "url-unsuitable",
        category: "input",
        detail: 'The secret "URL" holds no URL of PostgreSQL.',
        hint: expect.stringContaining("percent-encoded"),
      });
    },
  );

  it("a server that does not answer, and a secret that is not passed on", async () => {
    const server = await provided(postgres, { port: 1, table: "goods" });
    expect(await refused({ source: server })).toMatchObject({
      code: "endpoint-unreachable",
      detail: expect.stringMatching(/^postgres:127\.0\.0\.1:1\/postgres#public\.goods can't be reached: /),
    });
    const secret = await provided(postgres, { passwordSecret: "DB", table: "goods" });
    expect(await refused({ source: secret })).toMatchObject({
      code: "secret-missing",
      detail: 'The endpoint names the secret "DB", which the phase does not pass on.',
    });
  });

  it("a target that can't be loaded", async () => {
    const readOnly = await provided(parquet, { path: "goods.parquet" });
    expect(await refused({ target: readOnly })).toMatchObject({
      code: "target-unsuitable",
      detail: "The target parquet:goods.parquet can't be loaded by the strategy scd1.",
    });
  });

  it("columns", async () => {
    expect(await refused({ config: { changes, strategy: "scd1", key: ["no"] } })).toMatchObject({
      code: "column-unknown",
      detail: 'The config names the column "no" in key, which the source does not have.',
      hint: "It has id, name, changed.",
    });
    expect(await refused({ config: { changes, strategy: "scd1", key: [] } })).toMatchObject({
      code: "key-missing",
      detail: "The strategy scd1 tells rows apart by a key, and neither the config nor the source names one.",
    });
    expect(await refused({ config: { changes: { ...changes, lag: 5 }, strategy: "append", key: [] } })).toMatchObject({
      code: "key-missing",
      detail: "With a lag rows are read again, and append without a key would add them twice.",
    });
    expect(
      await refused({ config: { changes: { mode: "cursor", column: "name", lag: 5 }, strategy: "scd1" } }),
    ).toMatchObject({
      code: "lag-unsuitable",
      detail: 'The cursor "name" of sqlite:shop.sqlite#goods is text, from which no lag can be taken off.',
    });
  });

  it("names that differ by case alone", async () => {
    const twice = {
      label: "twice",
      capabilities: (await goods()).capabilities,
      testConnection: (await goods()).testConnection,
    };
    const columns = ["id", "ID"].map((name) => ({
      name,
      type: { type: "text", length: null } as const,
      nullable: true,
    }));
    const source = {
      ...twice,
      open: async () => ({
        describe: async () => ({ columns, key: [] }),
        async *read() {},
        async [Symbol.asyncDispose]() {},
      }),
    };
    expect(await refused({ source })).toMatchObject({
      code: "columns-equal",
      detail: 'Two columns of the source are called "ID", which differ by case at most.',
    });
  });

  it("rows without key or cursor, and values that are not what their column says", async () => {
    exec("INSERT INTO goods VALUES (NULL, 'c', 30)");
    expect(await refused()).toMatchObject({ code: "key-null", detail: "1 row has no value in the key id." });
    exec("INSERT INTO goods VALUES (3, 'c', NULL)");
    expect(await refused()).toMatchObject({
      code: "cursor-null",
      detail: 'The cursor "changed" is null in 1 row, so that no load could ever tell that they changed.',
    });
    exec("DELETE FROM goods WHERE id IS NULL OR changed IS NULL; INSERT INTO goods VALUES (4, 'd', 'soon')");
    expect(await refused()).toMatchObject({
      code: "value-unfit",
      detail: 'Column "changed" is declared as integer(64), and holds soon (string).',
    });
  });

  it("NaN, of which SQLite would make null", async () => {
    writeFileSync(join(root(), "goods.csv"), "id,price,changed\n1,NaN,10\n");
    const source = await provided(csv, { path: "goods.csv", types: { price: "DOUBLE" } });
    expect(await refused({ source })).toMatchObject({
      code: "value-unfit",
      detail: 'Column "price" holds NaN, which SQLite can\'t hold.',
    });
  });

  it("files that DuckDB can't read", async () => {
    writeFileSync(join(root(), "goods.csv"), "id,name,changed\n1,a,10\n2,b,x\n");
    const source = await provided(csv, { path: "goods.csv", types: { changed: "bigint" } });
    expect(await refused({ source })).toMatchObject({
      code: "duckdb-refused",
      detail: expect.stringMatching(/Line: 3.*changed/),
    });
  });

  it("combinations that make no sense, before anything runs", async () => {
    const invalid = async (config: object) =>
      String(await refused({ config: config as never }).catch((error: unknown) => error));
    expect(await invalid({ changes, strategy: "full" })).toContain(
      '"full" replaces all rows, and so needs changes.mode "full"',
    );
    expect(await invalid({ changes: { mode: "full" }, strategy: "append" })).toContain(
      '"append" adds what is behind a cursor: it needs changes.mode "cursor"',
    );
    expect(await invalid({ changes: { mode: "full" }, strategy: "scd2" })).toContain(
      '"scd2" needs to know when rows changed: changes.mode "full" can\'t tell.',
    );
  });
});

describe("a load stops rather than start anew", () => {
  const config = { changes, strategy: "scd1" as const, key: ["id"] };

  it("where the target forgot, or can't be read, or lost its table", async () => {
    const warehouse = new Warehouse(root(), { source: await goods(), target: await target(), config });
    await warehouse.loaded();
    using db = new DatabaseSync(join(root(), "target.sqlite"));
    db.exec("UPDATE orchestrate_ingest SET memory = '{'");
    expect((await warehouse.load()).error).toMatchObject({
      code: "state-unreadable",
      detail: "What sqlite:target.sqlite#goods remembers of the last load from sqlite:shop.sqlite#goods can't be read.",
    });
    db.exec("DELETE FROM orchestrate_ingest");
    expect((await warehouse.load()).error).toMatchObject({
      code: "state-diverged",
      detail:
        "An earlier run has loaded sqlite:shop.sqlite#goods into sqlite:target.sqlite#goods, which remembers nothing of it.",
    });
  });

  it("where the table is gone", async () => {
    const warehouse = new Warehouse(root(), { source: await goods(), target: await target(), config });
    await warehouse.loaded();
    using db = new DatabaseSync(join(root(), "target.sqlite"));
    db.exec("DROP TABLE goods");
    expect((await warehouse.load()).error).toMatchObject({
      code: "state-diverged",
      detail:
        "The state says that sqlite:shop.sqlite#goods was loaded up to 20, and the table sqlite:target.sqlite#goods is not there.",
    });
  });

  it("where the state is that of another load, or the table is wired without it", async () => {
    const warehouse = new Warehouse(root(), { source: await goods(), target: await provided(parquet, {}), config });
    await warehouse.loaded();
    const by = { ...config, changes: { mode: "cursor", column: "id" } as const };
    expect((await warehouse.load({ config: by })).error).toMatchObject({
      code: "state-of-another",
      detail: "The state of the last load is that of another: its cursor is changed, not id.",
    });
    writeFileSync(join(warehouse.table, "_table.json"), "{}");
    expect((await warehouse.load()).error).toMatchObject({
      code: "table-unreadable",
      detail: `${warehouse.table}/_table.json does not describe a table.`,
    });
  });
});
