/**
 * Changes of 1 % merged into 10,000,000 rows: ingest/load on the engine, beside the same upsert written by hand for SQLite,
 * and beside the same rewriting of the touched parts for Parquet. `npx node bench/ingest/merge.ts`
 */
import { copyFileSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { duck, IngestRig, median, options, spread } from "./ingest-rig.ts";

const BOUND = 1.5;
const PARTS = 20;
const { rows, rounds } = options();
using rig = new IngestRig();
writeFileSync(rig.path("tiny.csv"), "id,name,part,changed\n1,a,0,1\n");

report("SQLite, upsert", await intoSqlite());
report(`Parquet, the 2 touched of ${PARTS} parts`, await intoParquet());

interface Timed {
  readonly hand: readonly number[];
  readonly ours: readonly number[];
  /** Of runs of one row. */
  readonly start: readonly number[];
}

async function intoSqlite(): Promise<Timed> {
  const [mine, theirs] = [rig.path("ours.sqlite"), rig.path("hand.sqlite")];
  makeDatabase(theirs);
  copyFileSync(theirs, mine);
  const services = { "ingest/target": { use: "sqlite", with: { database: mine, table: "orders" } } };
  const timed = { hand: [] as number[], ours: [] as number[], start: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const delta = await changes(round, `CAST(random() * ${rows} AS BIGINT)`);
    const hand = rig.byHand("upsert", { source: delta, target: theirs, threads: 2 });
    const ours = rig.run(pipeline(delta, services), []);
    const tiny = rig.run(
      pipeline(
        rig.path("tiny.csv"),
        { "ingest/target": { use: "sqlite", with: { database: rig.path("tiny.sqlite"), table: "t" } } },
        "tiny",
      ),
      [],
    );
    // The first round fills caches and leaves a state to go on from.
    if (round === 0) continue;
    timed.hand.push(hand);
    timed.ours.push(ours);
    timed.start.push(tiny);
  }
  using db = new DatabaseSync(mine);
  db.prepare("ATTACH ? AS hand").run(theirs);
  const [different] = db
    .prepare("SELECT count(*) AS n FROM (SELECT * FROM orders EXCEPT SELECT * FROM hand.orders)")
    .all();
  if (different!.n !== 0) throw new Error(`${different!.n} rows differ`);
  return timed;
}

async function intoParquet(): Promise<Timed> {
  const base = rig.path("base.csv");
  await duck(
    `COPY (SELECT i AS id, 'customer ' || i AS name, i * ${PARTS} // ${rows} AS part, 0 AS changed FROM range(${rows}) AS t(i)) TO '${base}' (HEADER)`,
  );
  const services = { "ingest/target": { use: "parquet", with: { partitionBy: ["part"] } } };
  rig.run(pipeline(base, services, "parquet"), ["--runs-dir", "parquet"]);
  const timed = { hand: [] as number[], ours: [] as number[], start: [] as number[] };
  for (let round = 1; round <= rounds; round += 1) {
    const before = newestTable();
    const delta = await changes(round, `CAST((${PARTS - 2} + random() * 2) / ${PARTS} * ${rows} AS BIGINT)`);
    const parts = [`part=${PARTS - 2}`, `part=${PARTS - 1}`];
    timed.hand.push(
      rig.byHand("parts", { source: delta, target: copyOfParts(before, parts, round), threads: 2, parts }),
    );
    timed.ours.push(rig.run(pipeline(delta, services, "parquet"), ["--runs-dir", "parquet"]));
    timed.start.push(rig.run(pipeline(rig.path("tiny.csv"), services, "tiny-parts"), ["--runs-dir", "tiny-parts"]));
    const rewritten = globSync("*/*.parquet", { cwd: newestTable() }).filter(
      (name) => !sameBytes(join(before, name), join(newestTable(), name)),
    );
    if (rewritten.length !== 2) throw new Error(`${rewritten.length} parts were rewritten`);
  }
  return timed;
}

function report(what: string, { hand, ours, start }: Timed): void {
  const ratio = median(ours.map((ms, at) => (ms - start[at]!) / hand[at]!));
  console.log(`1 % of changes into ${rows} rows: ${what}, ${hand.length} rounds`);
  console.log(`  by hand                                ${spread(hand)}`);
  console.log(`  orchestrate run, whole                 ${spread(ours)}`);
  console.log(`  orchestrate run of one row: the start  ${spread(start)}`);
  console.log(
    `  ratio without the start ${ratio.toFixed(2)}; the figure is ${BOUND}: ${ratio <= BOUND ? "reached" : "not reached"}`,
  );
}

async function changes(round: number, id: string): Promise<string> {
  const path = rig.path(`changes-${round}.csv`);
  await duck(`COPY (SELECT id, 'changed ' || id || ' in ${round}' AS name, id * ${PARTS} // ${rows} AS part, CAST(${round} AS BIGINT) * 1000000000 + row_number() OVER (ORDER BY id) AS changed
    FROM (SELECT DISTINCT least(${id}, ${rows - 1}) AS id FROM range(${Math.ceil(rows / 100)}))) TO '${path}' (HEADER)`);
  return path;
}

function makeDatabase(path: string): void {
  using db = new DatabaseSync(path);
  db.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
  db.exec("CREATE TABLE orders (id BIGINT PRIMARY KEY, name TEXT, part BIGINT, changed BIGINT)");
  db.exec(
    `WITH RECURSIVE s(value) AS (SELECT 0 UNION ALL SELECT value + 1 FROM s LIMIT ${rows})
    INSERT INTO orders SELECT value, 'customer ' || value, value * ${PARTS} / ${rows}, 0 FROM s`,
  );
}

function newestTable(): string {
  const tables = globSync("parquet/*/phases/load/artifacts/table", { cwd: rig.directory }).sort();
  return rig.path(tables.at(-1)!);
}

/** What is rewritten by hand is rewritten in a copy, which is not timed. */
function copyOfParts(table: string, parts: readonly string[], round: number): string {
  const to = `hand-parts-${round}`;
  for (const part of parts)
    for (const file of globSync(`${part}/*.parquet`, { cwd: table }))
      copyInto(join(table, file), rig.path(join(to, file)));
  return rig.path(to);
}

function copyInto(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

function sameBytes(a: string, b: string): boolean {
  return readFileSync(a).equals(readFileSync(b));
}

function pipeline(path: string, services: object, name = "merge"): object {
  const table = "partitionBy" in (Object.values(services)[0].with ?? {}) ? { table: { previous: "load.table" } } : {};
  return {
    pipeline: name,
    phases: {
      load: {
        step: "ingest/load",
        with: { changes: { mode: "cursor", column: "changed" }, strategy: "scd1", key: ["id"] },
        inputs: { source: { path }, state: { previous: "load.state" }, ...table },
        services: {
          ...services,
          "ingest/source": { use: "csv" },
          "ingest/duckdb": { use: "embedded", with: { threads: 2 } },
        },
      },
    },
  };
}
