import { describe, expect, it } from "vitest";
import parquet from "../endpoints/parquet.ts";
import sqlite from "../endpoints/sqlite.ts";
import { goodsShop } from "../fixtures/goods-shop.ts";
import { type Parts, provided, Warehouse } from "../fixtures/warehouse.ts";

const { root, exec, goods, target } = goodsShop();
const by = (strategy: "append" | "scd1" | "scd2"): Parts["config"] => ({
  changes: { mode: "cursor", column: "changed" },
  strategy,
  key: ["id"],
});

describe("a target that was loaded by another strategy", () => {
  it.each([
    ["scd1", "scd2", "holds rows without a history, and the strategy scd2 would add versions to them."],
    ["append", "scd2", "holds rows without a history, and the strategy scd2 would add versions to them."],
    ["scd2", "scd1", "is a history of versions, which the strategy scd1 would not keep."],
    ["scd2", "append", "is a history of versions, which the strategy append would not keep."],
  ] as const)("by %s is not loaded by %s", async (before, after, words) => {
    for (const into of [await target(), await provided(parquet, {})]) {
      const warehouse = new Warehouse(root(), { source: await goods(), target: into, config: by(before) });
      await warehouse.loaded();
      const { error } = await warehouse.load({ config: by(after) });
      expect(error).toMatchObject({
        code: "target-of-another-strategy",
        detail: `The target ${into.label} ${words}`,
        hint: "Load into another table, with a state of its own: name a phase for it.",
      });
    }
  });

  it("by append is merged, and a history that is itself the source is loaded as any table", async () => {
    const into = { source: await goods(), target: await target() };
    const warehouse = new Warehouse(root(), { ...into, config: by("append") });
    await warehouse.loaded();
    exec("UPDATE goods SET name = 'new', changed = 30 WHERE id = 1");
    expect(await warehouse.loaded({ config: by("scd1") })).toMatchObject({ written: 1 });

    exec("CREATE TABLE versions (id BIGINT, changed BIGINT, valid_from BIGINT, valid_to BIGINT, is_current BOOLEAN)");
    const versions = await provided(sqlite, { database: "shop.sqlite", table: "versions" });
    for (const at of [1, 2]) {
      exec(`INSERT INTO versions VALUES (1, ${at}, ${at}, NULL, 1)`);
      const copy = await provided(sqlite, { database: "copy.sqlite", table: "versions" });
      const config = { ...by("append"), key: ["id", "changed"] };
      const copying = new Warehouse(root(), { source: versions, target: copy, config });
      expect(await copying.loaded({ token: `sha256:${at}` })).toMatchObject({ written: 1 });
    }
  });
});
