/**
 * Changes of 1 % merged into 10,000,000 rows: ingest/load on the engine, beside the same merge written by hand.
 * `npx node bench/ingest/merge.ts [--only sqlite|parquet] [--keep DIRECTORY]`; with `--rounds 0` it only makes what is
 * kept.
 */
import { globSync, writeFileSync } from "node:fs";
import { median } from "../measure.ts";
import { IngestRig, only, options, spread } from "./ingest-rig.ts";
import { mergeIntoParquet } from "./merge-parquet.ts";
import { mergeIntoSqlite } from "./merge-sqlite.ts";

const BOUND = 1.5;

/** One side by side measurement of a merge. */
export interface Merge {
  readonly what: string;
  /** Brings changes to both sides, and gives what each took in milliseconds. */
  round(number: number): Promise<{ readonly hand: number; readonly ours: number }>;
  /** Throws where both sides differ. */
  check(): Promise<void>;
  /** The pipeline that shows the start: the same with a table of one row. */
  readonly tiny: { readonly pipeline: object; readonly words: readonly string[] };
}

const { rows, rounds, keep } = options();
using rig = new IngestRig(keep);
writeFileSync(rig.path("tiny.csv"), "id,name,part,changed\n1,a,0,1\n");
for (const [name, merge] of Object.entries({ sqlite: mergeIntoSqlite, parquet: mergeIntoParquet }))
  if (only(name)) await compare(await merge(rig, rows));

interface Times {
  readonly hand: number[];
  readonly ours: number[];
  readonly start: number[];
}

async function compare(merge: Merge): Promise<void> {
  if (rounds === 0) return;
  const times: Times = { hand: [], ours: [], start: [] };
  const done = globSync("changes-*.csv", { cwd: rig.directory }).length;
  for (let round = 0; round < rounds; round += 1) {
    const { hand, ours } = await merge.round(done + round + 1);
    times.hand.push(hand);
    times.ours.push(ours);
    times.start.push(rig.run(merge.tiny.pipeline, merge.tiny.words));
  }
  await merge.check();
  report(merge.what, times);
}

function report(what: string, { hand, ours, start }: Times): void {
  const ratio = median(ours.map((ms, at) => (ms - start[at]!) / hand[at]!));
  console.log(`1 % of changes into ${rows} rows: ${what}, ${hand.length} rounds`);
  console.log(`  by hand                                ${spread(hand)}`);
  console.log(`  orchestrate run, whole                 ${spread(ours)}`);
  console.log(`  orchestrate run of one row: the start  ${spread(start)}`);
  console.log(
    `  ratio without the start ${ratio.toFixed(2)}; the figure is ${BOUND}: ${ratio <= BOUND ? "reached" : "not reached"}`,
  );
}
