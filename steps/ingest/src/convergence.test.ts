import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { runStep } from "@orchestrate/sdk/testing";
import fc from "fast-check";
import { Client } from "pg";
import { describe, expect, it } from "vitest";
import embedded from "./duckdb/embedded.ts";
import sqlite from "./endpoints/sqlite.ts";
import { crashing } from "./fixtures/crashing.ts";
import { targetOf } from "./fixtures/load-once.ts";
import { type Happening, type Mishaps, Shop, schedules } from "./fixtures/schedule.ts";
import { duckRows, provided, sqliteRows, Warehouse } from "./fixtures/warehouse.ts";
import reconcile from "./reconcile.ts";

const sweep = { mode: "cursor+key-sweep", column: "changed" } as const;
const log = { mode: "changelog", sequence: "seq", operation: "op" } as const;
/** Schedules for each property; more are lived through by `ORCHESTRATE_TEST_SCHEDULES=100`. */
const RUNS = Number(process.env.ORCHESTRATE_TEST_SCHEDULES ?? 5);
const any: Mishaps = { late: 8, deletes: "some" };

/** A row is read, dated back while the load waits for another attempt, and read again. */
const DATED_BACK: readonly Happening[] = [
  { does: "put", id: 4, value: 5, late: 0 },
  { does: "load", crash: "writing" },
  { does: "put", id: 4, value: 98, late: 2 },
];

const POSTGRES = process.env.ORCHESTRATE_TEST_POSTGRES;

describe.each(["sqlite", "parquet", "postgres"] as const)("into %s", (kind) => {
  // Without a server these are passed over by name.
  const test = it.skipIf(kind === "postgres" && POSTGRES === undefined);

  test.each([
    ["cursor+key-sweep", sweep, "goods"],
    ["changelog", log, "log"],
  ] as const)("%s converges under any schedule", async (_mode, changes, table) => {
    await fc.assert(
      fc.asyncProperty(schedules(any), async (happenings) => {
        await using world = await worldOf(kind, { changes, table });
        await world.live(happenings);
        expect(await world.target()).toEqual(world.shop.rows().rows);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  });

  test("cursor converges where lateness keeps to the lag and nothing is deleted", async () => {
    await fc.assert(
      fc.asyncProperty(schedules({ late: 3, deletes: "none" }), async (happenings) => {
        await using world = await worldOf(kind, {
          changes: { mode: "cursor", column: "changed", lag: 50 },
          table: "goods",
        });
        await world.live(happenings);
        expect(await world.target()).toEqual(world.shop.rows().rows);
      }),
      { numRuns: RUNS, endOnFailure: true, examples: [[DATED_BACK]] },
    );
  });

  test("otherwise reconcile reports the gap, and only then", async () => {
    await fc.assert(
      fc.asyncProperty(schedules(any), async (happenings) => {
        await using world = await worldOf(kind, { changes: { mode: "cursor", column: "changed" }, table: "goods" });
        await world.live(happenings);
        const { rows } = world.shop.rows();
        if (rows.length === 0) return;
        const isEqual = JSON.stringify(await world.target()) === JSON.stringify(rows);
        expect(await world.agrees()).toBe(isEqual);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  });
});

interface World extends AsyncDisposable {
  readonly shop: Shop;
  live(happenings: readonly Happening[]): Promise<void>;
  /** The rows of the target in the columns of the shop. */
  target(): Promise<readonly (readonly (string | null)[])[]>;
  /** What ingest/reconcile says. */
  agrees(): Promise<boolean>;
}

async function worldOf(
  kind: "sqlite" | "parquet" | "postgres",
  { changes, table }: { readonly changes: Warehouse["parts"]["config"]["changes"]; readonly table: string },
): Promise<World> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "orchestrate-converge-")));
  const db = new DatabaseSync(join(root, "shop.sqlite"));
  const shop = new Shop(db);
  const source = await provided(sqlite, { database: "shop.sqlite", table });
  const place = `goods_${randomUUID().slice(0, 8)}`;
  const target = await targetOf(kind, place);
  const secrets = { URL: POSTGRES ?? "" };
  const slices = { whole: 3, rows: 2 };
  const warehouse = new Warehouse(root, {
    source,
    target,
    secrets,
    config: { changes, strategy: "scd1", key: ["id"], slices },
  });
  return {
    shop,
    async live(happenings) {
      for (const happening of happenings) {
        if (happening.does !== "load") shop.happen(happening);
        else {
          const crash = happening.crash;
          const result = await warehouse.load({ source: crashing(source, crash), target: crashing(target, crash) });
          if (crash === undefined && result.error !== undefined) throw result.error;
        }
      }
      await warehouse.loaded();
    },
    async target() {
      const { columns } = shop.rows();
      if (kind === "sqlite") {
        return sqliteRows(join(root, "target.sqlite"), `SELECT ${columns} FROM ${place} ORDER BY id`);
      }
      if (kind === "postgres") return postgresRows(`SELECT ${columns} FROM ${place} ORDER BY id`);
      return duckRows(
        `SELECT ${columns} FROM read_parquet('${warehouse.table}/*.parquet', union_by_name=true) ORDER BY id`,
      );
    },
    async agrees() {
      const duckdb = await provided(embedded, { threads: 1 });
      const inputs = kind === "parquet" ? { table: { path: warehouse.table } } : {};
      using result = await runStep(reconcile, {
        config: { key: ["id"], checks: [{ type: "row_count" }, { type: "checksum" }, { type: "differences" }] },
        project: root,
        secrets,
        inputs,
        services: { source: await provided(sqlite, { database: "shop.sqlite", table: "goods" }), target, duckdb },
      });
      duckdb.close();
      expect(result.outputs.results?.json()).toMatchObject({ summary: { errors: 0, skipped: 0 } });
      return result.error === undefined;
    },
    async [Symbol.asyncDispose]() {
      db.close();
      if (kind === "postgres") await postgresRows(`DROP TABLE IF EXISTS ${place}`);
      if (existsSync(root)) rmSync(root, { recursive: true });
    },
  };
}

async function postgresRows(sql: string): Promise<readonly (readonly (string | null)[])[]> {
  const client = new Client({ connectionString: POSTGRES });
  await client.connect();
  const { rows } = await client.query<unknown[]>({ text: sql, rowMode: "array" });
  await client.end();
  return rows.map((row) => row.map((value) => (value === null ? null : String(value))));
}
