import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { runStep } from "@orchestrate/sdk/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import embedded from "./duckdb/embedded.ts";
import type { Endpoint } from "./endpoint/endpoint.ts";
import parquet from "./endpoints/parquet.ts";
import sqlite from "./endpoints/sqlite.ts";
import { crashing } from "./fixtures/crashing.ts";
import { type Happening, type Mishaps, Shop, schedules } from "./fixtures/schedule.ts";
import { duckRows, provided, sqliteRows, Warehouse } from "./fixtures/warehouse.ts";
import reconcile from "./reconcile.ts";

const sweep = { mode: "cursor+key-sweep", column: "changed" } as const;
const log = { mode: "changelog", sequence: "seq", operation: "op" } as const;
const any: Mishaps = { late: 8, deletes: "some" };

describe.each(["sqlite", "parquet"] as const)("into %s", (kind) => {
  it.each([
    ["cursor+key-sweep", sweep, "goods"],
    ["changelog", log, "log"],
  ] as const)("%s converges under any schedule", async (_mode, changes, table) => {
    await fc.assert(
      fc.asyncProperty(schedules(any), async (happenings) => {
        await using world = await worldOf(kind, { changes, table });
        await world.live(happenings);
        expect(await world.target()).toEqual(world.shop.rows().rows);
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });

  it("cursor converges where lateness keeps to the lag and nothing is deleted", async () => {
    await fc.assert(
      fc.asyncProperty(schedules({ late: 3, deletes: "none" }), async (happenings) => {
        await using world = await worldOf(kind, {
          changes: { mode: "cursor", column: "changed", lag: 50 },
          table: "goods",
        });
        await world.live(happenings);
        expect(await world.target()).toEqual(world.shop.rows().rows);
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });

  it("otherwise reconcile reports the gap, and only then", async () => {
    await fc.assert(
      fc.asyncProperty(schedules(any), async (happenings) => {
        await using world = await worldOf(kind, { changes: { mode: "cursor", column: "changed" }, table: "goods" });
        await world.live(happenings);
        const { rows } = world.shop.rows();
        if (rows.length === 0) return;
        const isEqual = JSON.stringify(await world.target()) === JSON.stringify(rows);
        expect(await world.agrees()).toBe(isEqual);
      }),
      { numRuns: 8, endOnFailure: true },
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
  kind: "sqlite" | "parquet",
  { changes, table }: { readonly changes: Warehouse["parts"]["config"]["changes"]; readonly table: string },
): Promise<World> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "orchestrate-converge-")));
  const db = new DatabaseSync(join(root, "shop.sqlite"));
  const shop = new Shop(db);
  const source = await provided(sqlite, { database: "shop.sqlite", table });
  const target: Endpoint =
    kind === "sqlite"
      ? await provided(sqlite, { database: "target.sqlite", table: "goods" })
      : await provided(parquet, {});
  const slices = { whole: 3, rows: 2 };
  const warehouse = new Warehouse(root, { source, target, config: { changes, strategy: "scd1", key: ["id"], slices } });
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
        return sqliteRows(join(root, "target.sqlite"), `SELECT ${columns} FROM goods ORDER BY id`);
      }
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
        inputs,
        services: { source: await provided(sqlite, { database: "shop.sqlite", table: "goods" }), target, duckdb },
      });
      duckdb.close();
      expect(result.outputs.results?.json()).toMatchObject({ summary: { errors: 0, skipped: 0 } });
      return result.error === undefined;
    },
    async [Symbol.asyncDispose]() {
      db.close();
      if (existsSync(root)) rmSync(root, { recursive: true });
    },
  };
}
