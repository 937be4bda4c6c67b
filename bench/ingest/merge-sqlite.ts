import { copyFileSync, existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { changes, mergePipeline, PARTS } from "./changes.ts";
import type { IngestRig } from "./ingest-rig.ts";
import type { Merge } from "./merge.ts";

/** Two databases that are alike: one is changed by an upsert written by hand, the other by ingest/load. */
export async function mergeIntoSqlite(rig: IngestRig, rows: number): Promise<Merge> {
  const [mine, theirs] = [rig.path("ours.sqlite"), rig.path("hand.sqlite")];
  if (!existsSync(mine)) {
    makeDatabase(theirs, rows);
    copyFileSync(theirs, mine);
  }
  const merging = (pipeline: string, path: string, database: string, table: string) =>
    mergePipeline({ pipeline, path }, { use: "sqlite", with: { database, table } });
  return {
    what: "SQLite, upsert",
    async round(number) {
      const delta = await changes(rig, { number, rows, id: `CAST(random() * ${rows} AS BIGINT)` });
      const hand = rig.byHand("upsert", { source: delta, target: theirs, threads: 2 });
      return { hand, ours: rig.run(merging("merge", delta, mine, "orders"), []) };
    },
    async check() {
      using db = new DatabaseSync(mine);
      db.prepare("ATTACH ? AS hand").run(theirs);
      const [different] = db
        .prepare("SELECT count(*) AS n FROM (SELECT * FROM orders EXCEPT SELECT * FROM hand.orders)")
        .all();
      if (different!.n !== 0) throw new Error(`${different!.n} rows differ`);
    },
    tiny: { pipeline: merging("tiny", rig.path("tiny.csv"), rig.path("tiny.sqlite"), "t"), words: [] },
  };
}

function makeDatabase(path: string, rows: number): void {
  using db = new DatabaseSync(path);
  db.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
  db.exec("CREATE TABLE orders (id BIGINT PRIMARY KEY, name TEXT, part BIGINT, changed BIGINT)");
  db.exec(
    `WITH RECURSIVE s(value) AS (SELECT 0 UNION ALL SELECT value + 1 FROM s LIMIT ${rows})
    INSERT INTO orders SELECT value, 'customer ' || value, value * ${PARTS} / ${rows}, 0 FROM s`,
  );
}
