/**
 * A CSV of 10,000,000 rows into Parquet: ingest/load on the engine, beside DuckDB's own COPY and one sha256 pass over
 * both files. `npx node bench/ingest/csv-to-parquet.ts`
 */
import { writeFileSync } from "node:fs";
import { median } from "../measure.ts";
import { duck, IngestRig, options, spread } from "./ingest-rig.ts";

const BOUND = 1.3;
const THREADS = 2;
const { rows, rounds } = options();
using rig = new IngestRig();
const csv = rig.path("orders.csv");
await duck(`COPY (SELECT i AS id, 'customer ' || (i * 7919 % 1000003) AS name, CAST((i * 31 % 100000) / 100.0 AS DECIMAL(12, 2)) AS amount,
  ['NO', 'SE', 'DK', 'FI', 'IS'][1 + i % 5] AS country, TIMESTAMP '2026-01-01' + INTERVAL (i) SECOND AS changed
  FROM range(${rows}) AS t(i)) TO '${csv}' (HEADER)`);
writeFileSync(rig.path("tiny.csv"), "id,name,amount,country,changed\n1,a,1.25,NO,2026-01-01 00:00:00\n");

const hand: number[] = [];
const ours: number[] = [];
const start: number[] = [];
for (let round = 1; round <= rounds; round += 1) {
  hand.push(rig.byHand("copy", { source: csv, target: rig.path(`hand-${round}.parquet`), threads: THREADS }));
  ours.push(rig.run(pipeline(csv), ["--runs-dir", `runs-${round}`]));
  start.push(rig.run(pipeline(rig.path("tiny.csv")), ["--runs-dir", `tiny-${round}`]));
}
const [count = []] = await duck(
  `SELECT count(*), sum(id) FROM '${rig.path("runs-1")}/*/phases/load/artifacts/table/*.parquet'`,
);
if (Number(count[0]) !== rows) throw new Error(`${count[0]} rows were written`);

const ratio = median(ours.map((ms, at) => (ms - start[at]!) / hand[at]!));
console.log(`${rows} rows of CSV into Parquet, ${rounds} rounds, ${THREADS} threads, guards on`);
console.log(`  by hand: COPY and sha256 of both files       ${spread(hand)}`);
console.log(`  orchestrate run, whole                       ${spread(ours)}`);
console.log(`  orchestrate run of one row: the start        ${spread(start)}`);
console.log(
  `  ratio without the start ${ratio.toFixed(2)}, with it ${median(ours.map((ms, at) => ms / hand[at]!)).toFixed(2)}; the figure is ${BOUND}: ${ratio <= BOUND ? "reached" : "not reached"}`,
);

function pipeline(path: string): object {
  return {
    pipeline: "bench",
    phases: {
      load: {
        step: "ingest/load",
        with: { changes: { mode: "full" }, strategy: "full", precision: {} },
        inputs: { source: { path } },
        services: {
          "ingest/source": { use: "csv" },
          "ingest/target": { use: "parquet" },
          "ingest/duckdb": { use: "embedded", with: { threads: THREADS } },
        },
      },
    },
  };
}
