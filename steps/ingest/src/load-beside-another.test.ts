import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import csv from "./endpoints/csv.ts";
import sqlite from "./endpoints/sqlite.ts";
import { pointedTarget } from "./fixtures/kill-points.ts";
import { provided, sqliteRows, Warehouse } from "./fixtures/warehouse.ts";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "orchestrate-beside-")));
  writeFileSync(join(root, "north.csv"), "id,item,changed\n1,rope,10\n2,tar,20\n");
  writeFileSync(join(root, "south.csv"), "id,item,changed\n11,oar,5\n12,net,15\n13,sail,25\n");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const changes = { mode: "cursor", column: "changed" } as const;

/** What one phase loads of a file that is wired to it. */
async function phase(name: string, slices: { readonly whole?: number; readonly rows?: number } = {}) {
  return new Warehouse(root, {
    source: await provided(csv, {}),
    target: await provided(sqlite, { database: "stock.sqlite", table: "stock" }),
    config: { changes, strategy: "scd1", key: ["id"], slices },
    input: join(root, `${name}.csv`),
    series: name,
  });
}

const items = () => sqliteRows(join(root, "stock.sqlite"), "SELECT item FROM stock ORDER BY id").map(([item]) => item);

it("goes on from what it has loaded itself, though both call their source alike", async () => {
  const [north, south] = [await phase("north"), await phase("south")];
  expect(await north.loaded()).toMatchObject({ read: 2 });
  expect(await south.loaded()).toMatchObject({ read: 3 });
  expect(items()).toEqual(["rope", "tar", "oar", "net", "sail"]);
  writeFileSync(join(root, "north.csv"), "id,item,changed\n1,line,22\n2,tar,20\n");
  expect(await north.loaded()).toMatchObject({ read: 1 });
  expect(await south.loaded()).toMatchObject({ read: 0 });
  expect(items()).toEqual(["line", "tar", "oar", "net", "sail"]);
});

it("takes none of the slices that the other has left", async () => {
  const slices = { whole: 1, rows: 1 };
  const north = await phase("north", slices);
  const failing = pointedTarget(north.parts.target, () => {
    throw new Error("the target fails");
  });
  expect(String((await north.load({ target: failing })).error)).toContain("the target fails");
  expect(readdirSync(join(root, ".orchestrate/staging"))).toHaveLength(1);
  expect(await (await phase("south", slices)).loaded()).toMatchObject({ read: 3 });
  expect(items()).toEqual(["oar", "net", "sail"]);
});
