import { chmodSync, cpSync, existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { changes, mergePipeline, PARTS } from "./changes.ts";
import { duck, type IngestRig } from "./ingest-rig.ts";
import type { Merge } from "./merge.ts";

const TOUCHED = 2;

/**
 * Two tables in parts that are alike, of which two parts are touched: by hand where they lie, by ingest/load in a new
 * artifact.
 */
export async function mergeIntoParquet(rig: IngestRig, rows: number): Promise<Merge> {
  if (!existsSync(rig.path("parquet"))) await makeTable(rig, rows);
  const words = ["--runs-dir", "parquet"];
  return {
    what: `Parquet, the ${TOUCHED} touched of ${PARTS} parts`,
    async round(number) {
      const before = newestTable(rig);
      const id = `CAST((${PARTS - 2} + random() * 2) / ${PARTS} * ${rows} AS BIGINT)`;
      const delta = await changes(rig, { number, rows, id });
      const hand = rig.byHand("parts", { source: delta, target: rig.path("hand-parts"), threads: 2 });
      const ours = rig.run(merging("parquet", delta), words);
      refuseOthers(before, newestTable(rig));
      return { hand, ours };
    },
    check: () => refuseDifferences(rig),
    tiny: {
      pipeline: merging("tiny-parts", rig.path("tiny.csv")),
      words: ["--runs-dir", "tiny-parts"],
    },
  };
}

function merging(pipeline: string, path: string): object {
  const target = { use: "parquet", with: { partitionBy: ["part"] } };
  return mergePipeline({ pipeline, path }, target, { table: { previous: "load.table" } });
}

async function makeTable(rig: IngestRig, rows: number): Promise<void> {
  const base = rig.path("base.csv");
  await duck(
    `COPY (SELECT i AS id, 'customer ' || i AS name, i * ${PARTS} // ${rows} AS part, 0 AS changed FROM range(${rows}) AS t(i)) TO '${base}' (HEADER)`,
  );
  rig.run(merging("parquet", base), ["--runs-dir", "parquet"]);
  const theirs = rig.path("hand-parts");
  cpSync(newestTable(rig), theirs, { recursive: true, filter: (path) => !path.endsWith(".json") });
  for (const file of globSync("*/*", { cwd: theirs })) chmodSync(join(theirs, file), 0o644);
}

function newestTable(rig: IngestRig): string {
  const tables = globSync("parquet/*/phases/load/artifacts/table", { cwd: rig.directory }).sort();
  return rig.path(tables.at(-1)!);
}

function refuseOthers(before: string, after: string): void {
  const rewritten = globSync("*/*.parquet", { cwd: after }).filter(
    (name) => !readFileSync(join(before, name)).equals(readFileSync(join(after, name))),
  );
  if (rewritten.length !== TOUCHED) throw new Error(`${rewritten.length} parts were rewritten`);
}

async function refuseDifferences(rig: IngestRig): Promise<void> {
  const rowsIn = (table: string) => `(SELECT * FROM read_parquet('${table}/*/*.parquet', hive_partitioning=false))`;
  const [mine, theirs] = [rowsIn(newestTable(rig)), rowsIn(rig.path("hand-parts"))];
  const [[count] = []] = await duck(
    `SELECT count(*) FROM (${mine} EXCEPT ${theirs} UNION ALL (${theirs} EXCEPT ${mine}))`,
  );
  if (Number(count) !== 0) throw new Error(`${count} rows differ`);
}
