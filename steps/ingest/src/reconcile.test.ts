import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { z } from "@orchestrate/sdk";
import { runStep } from "@orchestrate/sdk/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import embedded from "./duckdb/embedded.ts";
import sqlite from "./endpoints/sqlite.ts";
import { provided } from "./fixtures/warehouse.ts";
import type { CheckConfig } from "./reconcile/check-config.ts";
import type { Results } from "./reconcile/check-result.ts";
import reconcile from "./reconcile.ts";

let root: string;
let db: DatabaseSync;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "orchestrate-reconcile-")));
  db = new DatabaseSync(join(root, "both.sqlite"));
  for (const side of ["mine", "theirs"]) {
    db.exec(`CREATE TABLE ${side} (id BIGINT, country TEXT, price DECIMAL(10,2), extra_${side} TEXT)`);
    db.exec(
      `INSERT INTO ${side} VALUES (1, 'NO', 1.5, NULL), (2, 'NO', 2, NULL), (3, NULL, 3, NULL), (4, 'SE', NULL, NULL)`,
    );
  }
});
afterEach(() => {
  db.close();
  rmSync(root, { recursive: true, force: true });
});

async function check(
  checks: readonly z.input<typeof CheckConfig>[],
  rest: {
    readonly target?: string;
    readonly history?: object;
    readonly key?: string[];
    readonly tolerate?: "pass" | "warn" | "all";
  } = {},
) {
  const duckdb = await provided(embedded, { threads: 1 });
  const side = (table: string) => provided(sqlite, { database: "both.sqlite", table });
  const result = await runStep(reconcile, {
    config: { key: rest.key ?? ["id"], checks: [...checks], tolerate: rest.tolerate ?? "warn" },
    project: root,
    inputs: rest.history === undefined ? {} : { history: { json: rest.history } },
    services: { source: await side("mine"), target: await side(rest.target ?? "theirs"), duckdb },
  });
  duckdb.close();
  const results = result.outputs.results?.json() as Results | undefined;
  return { ...result, results, statuses: results?.checks.map(({ status }) => status) };
}

const all: readonly z.input<typeof CheckConfig>[] = [
  { type: "row_count" },
  { type: "grouped_count", groupBy: ["country"] },
  { type: "key_uniqueness" },
  { type: "aggregates", columns: ["price", "country"] },
  { type: "checksum" },
  { type: "differences" },
];

describe("ingest/reconcile", () => {
  it("finds equal tables equal, nulls among them, and tells the gateway", async () => {
    const { error, results, outputs } = await check(all);
    expect(error).toBeUndefined();
    expect(results).toMatchObject({ status: "pass", summary: { total: 6, passed: 6, errors: 0 } });
    expect(outputs.metadata?.rows()).toHaveLength(6);
    expect(outputs.metadata?.rows()[0]).toMatchObject({
      kind: "recon_result",
      subject: "sqlite:both.sqlite#theirs",
      payload: { check: "row_count", status: "pass", source: 4, target: 4 },
    });
  });

  it("finds what differs, row by row, and fails with words", async () => {
    db.exec(
      "UPDATE theirs SET price = 9 WHERE id = 1; DELETE FROM theirs WHERE id = 3; INSERT INTO theirs VALUES (5, NULL, 0, NULL)",
    );
    const { error, results, outputs, statuses } = await check(all);
    expect(statuses).toEqual(["pass", "pass", "pass", "fail", "fail", "fail"]);
    const rows = [
      {
        kind: "changed",
        key: { id: "1" },
        source: { id: "1", country: "NO", price: "1.5" },
        target: { id: "1", country: "NO", price: "9" },
      },
      { kind: "missing", key: { id: "3" }, source: { id: "3", country: null, price: "3" }, target: null },
      { kind: "unexpected", key: { id: "5" }, source: null, target: { id: "5", country: null, price: "0" } },
    ];
    expect(outputs.differences?.rows()).toHaveLength(3);
    expect(outputs.differences?.rows()).toEqual(expect.arrayContaining(rows));
    expect(results?.checks[3]?.examples).toContainEqual({ aggregate: "max(price)", source: "3.00", target: "9.00" });
    expect(error).toMatchObject({
      code: "reconcile-failed",
      category: "policy",
      detail: expect.stringContaining(
        "sqlite:both.sqlite#theirs does not agree with sqlite:both.sqlite#mine: aggregates fails: ",
      ),
    });
  });

  it("tells which columns it can't compare", async () => {
    const { error, log } = await check([{ type: "checksum" }]);
    expect(error).toBeUndefined();
    expect(log.filter(({ level }) => level === "warn").map(({ message }) => message)).toEqual([
      "Only the source has extra_mine: compared with nothing.",
      "Only the target has extra_theirs: compared with nothing.",
    ]);
  });

  it("tells sums apart that are equal as floats", async () => {
    db.exec("ALTER TABLE mine ADD COLUMN big BIGINT; ALTER TABLE theirs ADD COLUMN big BIGINT");
    db.exec(
      "UPDATE mine SET big = 9007199254740992 WHERE id = 1; UPDATE theirs SET big = 9007199254740993 WHERE id = 1",
    );
    const { results } = await check([{ type: "aggregates", columns: ["big"], functions: ["sum"] }]);
    expect(results?.checks[0]).toMatchObject({
      status: "fail",
      examples: [{ aggregate: "sum(big)", source: "9007199254740992", target: "9007199254740993" }],
    });
  });

  it("heeds thresholds of groups, counts null as a group, and names what differs", async () => {
    db.exec("INSERT INTO theirs VALUES (6, NULL, 1, NULL)");
    const grouped = (threshold: object) => check([{ type: "grouped_count", groupBy: ["country"], threshold }]);
    expect((await grouped({ absolute: 1 })).statuses).toEqual(["pass"]);
    expect((await grouped({ percent: 50 })).statuses).toEqual(["fail"]);
    expect((await grouped({})).results?.checks[0]?.examples).toEqual([
      { country: null, source_count: "1", target_count: "2" },
    ]);
    expect((await check([{ type: "row_count", threshold: { percent: 25 } }])).statuses).toEqual(["pass"]);
  });

  it("finds keys that stand twice or are null, and skips what has no key", async () => {
    db.exec("INSERT INTO theirs VALUES (1, 'NO', 1.5, NULL), (NULL, 'X', 0, NULL)");
    const { results } = await check([{ type: "key_uniqueness" }]);
    expect(results?.checks[0]).toMatchObject({
      status: "fail",
      source: 0,
      target: 2,
      examples: expect.arrayContaining([
        { id: "1", side: "target", rows: "2" },
        { id: null, side: "target", rows: "1" },
      ]),
    });
    const keyless = await check(
      [{ type: "key_uniqueness" }, { type: "differences" }, { type: "row_count", enabled: false, name: "off" }],
      { key: [] },
    );
    expect(keyless).toMatchObject({
      error: undefined,
      statuses: ["skipped", "skipped", "skipped"],
      results: { status: "no_checks", summary: { errors: 0, skipped: 3 } },
    });
  });

  it("counts only what the filter lets through, and says which check can't be carried out", async () => {
    db.exec("INSERT INTO theirs VALUES (7, 'DK', 1, NULL)");
    const { statuses, results } = await check(
      [
        { type: "row_count", filter: "country = 'NO'" },
        { type: "checksum", filter: "no such" },
        { type: "aggregates", columns: ["extra_mine"] },
      ],
      { tolerate: "all" },
    );
    expect(statuses).toEqual(["pass", "error", "error"]);
    expect(results?.checks[2]?.detail).toBe('The column "extra_mine" does not stand on both sides.');
  });

  it("never takes the source for a target that is not there", async () => {
    expect((await check(all, { target: "nothing" })).error).toMatchObject({
      code: "side-missing",
      detail: "There is no table at the target sqlite:both.sqlite#nothing.",
    });
    expect((await check(all, { key: ["extra_mine"] })).error).toMatchObject({
      code: "column-unknown",
      detail: 'The key names the column "extra_mine", which does not stand on both sides.',
    });
  });

  it("knows what is usual from its own history", async () => {
    const history = { schema: "orchestrate.ingest-history/1", measured: { row_count: [100, 101, 99] } };
    const { statuses, outputs, error } = await check([{ type: "row_count", severity: "warn", variability: {} }], {
      history,
    });
    expect({ statuses, error }).toEqual({ statuses: ["warn"], error: undefined });
    expect(outputs.history?.json()).toMatchObject({ measured: { row_count: [100, 101, 99, 4] } });
    expect(
      (await check([{ type: "row_count", severity: "warn", variability: {} }], { history, tolerate: "pass" })).error,
    ).toMatchObject({ code: "reconcile-failed" });
  });

  it("finds one row among many, by parts of parts", async () => {
    db.exec("DELETE FROM mine; DELETE FROM theirs");
    const many = "(WITH RECURSIVE s(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM s LIMIT 3000) SELECT v FROM s)";
    for (const side of ["mine", "theirs"]) db.exec(`INSERT INTO ${side} SELECT v, 'NO', v, NULL FROM ${many}`);
    db.exec("UPDATE theirs SET price = -1 WHERE id IN (17, 2345)");
    const { outputs } = await check([{ type: "differences", leaf: 2 }]);
    expect(outputs.differences?.rows()).toHaveLength(2);
    expect(outputs.differences?.rows()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: "changed", key: { id: "17" } }),
        expect.objectContaining({ kind: "changed", key: { id: "2345" } }),
      ]),
    );
  });

  it("refuses to compare nothing", async () => {
    await expect(check([])).rejects.toThrow("expected array to have >=1 items");
  });

  it("refuses two checks of one name", async () => {
    await expect(check([{ type: "row_count" }, { type: "row_count" }])).rejects.toThrow(
      'two checks are called "row_count": give one a name',
    );
  });
});
