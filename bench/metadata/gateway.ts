/**
 * How many durable records a gateway takes in a second, and how long `latest` takes with a million of them:
 * `node bench/metadata/gateway.ts`. PostgreSQL is measured where ORCHESTRATE_TEST_POSTGRES names one
 * (`.ci/postgresql with …`).
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import { EmbeddedGateway } from "../../plugins/metadata/src/embedded/embedded-gateway.ts";
import type { Gateway } from "../../plugins/metadata/src/gateway.ts";
import { KindRegistry } from "../../plugins/metadata/src/kinds/kind-registry.ts";
import { Outbox } from "../../plugins/metadata/src/outbox/outbox.ts";
import { PostgresqlGateway } from "../../plugins/metadata/src/postgresql/postgresql-gateway.ts";
import type { MetadataRecord } from "../../plugins/metadata/src/record/metadata-record.ts";
import { RemoteGateway } from "../../plugins/metadata/src/remote/remote-gateway.ts";
import { createService } from "../../plugins/metadata/src/service/create-service.ts";
import { benchOptions } from "../bench-options.ts";
import { summarize } from "../measure.ts";
import { columns } from "../report.ts";
import { type KeyOrder, madeBatches, subjectOf } from "./made-records.ts";

const options = benchOptions(process.argv.slice(2));
const isQuick = options.size === "quick";
const rounds = options.rounds ?? (isQuick ? 1 : 5);
const many = isQuick ? 3_000 : 1_000_000;
/** Records of one round. */
const portion = isQuick ? 1_000 : 20_000;
const WANTED_RATE = 20_000;
const WANTED_LATEST = 100;

interface Side {
  readonly name: string;
  take(records: readonly MetadataRecord[]): Promise<unknown> | unknown;
}

const directory = mkdtempSync(join(tmpdir(), "orchestrate-bench-"));
const around = { kinds: new KindRegistry(), now: () => Date.UTC(2026, 0, 2), reach: () => {} };
const embedded = new EmbeddedGateway(join(directory, "metadata.sqlite"), around);
const served = new EmbeddedGateway(join(directory, "served.sqlite"), around);
const service = await createService({ gateway: served, kinds: around.kinds, token: undefined, reach: () => {} });
const remote = new RemoteGateway({ url: await service.listen({ host: "127.0.0.1", port: 0 }), token: undefined });
const outbox = new Outbox(join(directory, "outbox.sqlite"), {
  records: Number.MAX_SAFE_INTEGER,
  bytes: Number.MAX_SAFE_INTEGER,
});
const postgresql = await openPostgresql();

const emitting = (name: string, gateway: Gateway): Side => ({ name, take: (records) => gateway.emitMany(records) });
const sides: readonly Side[] = [
  bareInserts(),
  emitting("embedded", embedded),
  emitting("service over embedded", remote),
  { name: "outbox", take: (records) => outbox.put(records) },
  ...(postgresql === undefined ? [] : [emitting("PostgreSQL", postgresql)]),
];
let next = 0;
try {
  for (const batch of [1_000, 100]) {
    const title = `Durable records a second, stores empty at first, batches of ${batch}`;
    await compareRates(title, sides, { batch, keys: "by time" });
  }
  for (const records of madeBatches(next, many, 1_000)) await embedded.emitMany(records);
  next = Math.max(next, many);
  for (const keys of ["by time", "in no order"] as const) {
    const title = `The same with ${many.toLocaleString("en")} records in it, batches of 1000, keys ${keys}`;
    await compareRates(title, sides.slice(1, 2), { batch: 1_000, keys });
  }
  await compareLatest(`latest with ${next.toLocaleString("en")} records, microseconds`);
} finally {
  await service.close();
  for (const gateway of [embedded, served]) await gateway.close();
  outbox.close();
  await closePostgresql();
  rmSync(directory, { recursive: true });
}

interface Portions {
  /** Records at once. */
  readonly batch: number;
  readonly keys: KeyOrder;
}

/**
 * In rounds that take every side in turn, each round with records that no side knows. Beside the rate stands what a
 * record took of the processor in this process, which says the same on a busy machine.
 */
async function compareRates(title: string, compared: readonly Side[], { batch, keys }: Portions): Promise<void> {
  const times = new Map(compared.map(({ name }) => [name, [] as number[]]));
  const loads = new Map(compared.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round += 1) {
    const batches = [...madeBatches(next, next + portion, batch, keys)];
    next += portion;
    for (const { name, take } of compared) {
      const before = process.cpuUsage();
      const start = performance.now();
      for (const records of batches) await take(records);
      times.get(name)!.push(performance.now() - start);
      const { user, system } = process.cpuUsage(before);
      loads.get(name)!.push((user + system) / portion);
    }
  }
  const rows = compared.map(({ name }) => {
    const { median, low, high } = summarize(name, times.get(name)!);
    const rate = (ms: number) => Math.round((portion * 1_000) / ms);
    const load = `${summarize(name, loads.get(name)!).median.toFixed(1)} µs`;
    const isJudged = name === "embedded" && batch === 1_000;
    const figure = isJudged ? [`at least ${WANTED_RATE}`, verdict(rate(median), WANTED_RATE)] : [];
    return [name, String(rate(median)), `(${rate(high)}–${rate(low)})`, load, ...figure];
  });
  console.log([title, ...columns(rows), ""].join("\n"));
}

async function compareLatest(title: string): Promise<void> {
  const asks = isQuick ? 100 : 20_000;
  const rows: string[][] = [];
  for (const [name, kind] of [
    ["of one kind", "recon_result"],
    ["of any kind", undefined],
  ] as const) {
    const times: number[] = [];
    for (let ask = 0; ask < asks; ask += 1) {
      // Far apart, so that no neighbour's page is at hand.
      const subject = subjectOf(ask * 7_919);
      const start = performance.now();
      const found = await embedded.latest(subject, kind);
      times.push((performance.now() - start) * 1_000);
      if (found?.subject !== subject) throw new Error(`${subject} was not found`);
    }
    const { median, high } = summarize(name, times);
    const worst = times.sort((a, b) => a - b)[Math.floor(asks * 0.99)]!;
    const said = median <= WANTED_LATEST ? "reached" : `short by ${(median / WANTED_LATEST).toFixed(2)}×`;
    rows.push([
      name,
      median.toFixed(1),
      `(¾ ${high.toFixed(1)}, 99 % ${worst.toFixed(1)})`,
      `at most ${WANTED_LATEST}`,
      said,
    ]);
  }
  console.log([title, ...columns(rows), ""].join("\n"));
}

/**
 * The floor: the same columns in a table without any index but the key's, by one prepared statement, checked for
 * nothing.
 */
function bareInserts(): Side {
  const database = new DatabaseSync(join(directory, "bare.sqlite"));
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  database.exec(
    "CREATE TABLE records (seq INTEGER PRIMARY KEY, key TEXT UNIQUE, kind, subject, time, producer, payload)",
  );
  const insert = database.prepare(
    "INSERT INTO records (key, kind, subject, time, producer, payload) VALUES (?, ?, ?, ?, ?, ?)",
  );
  return {
    name: "bare inserts",
    take: (records) => {
      database.exec("BEGIN");
      for (const { key, kind, subject, time, producer, payload } of records)
        insert.run(key, kind, subject, Date.parse(time), producer, JSON.stringify(payload));
      database.exec("COMMIT");
    },
  };
}

async function openPostgresql(): Promise<Gateway | undefined> {
  const url = process.env.ORCHESTRATE_TEST_POSTGRES;
  return url === undefined ? undefined : PostgresqlGateway.open({ url, schema: "bench", password: undefined }, around);
}

async function closePostgresql(): Promise<void> {
  if (postgresql === undefined) return;
  await postgresql.close();
  const client = new pg.Client({ connectionString: process.env.ORCHESTRATE_TEST_POSTGRES });
  await client.connect();
  await client.query("DROP SCHEMA bench CASCADE");
  await client.end();
}

function verdict(rate: number, wanted: number): string {
  return rate >= wanted ? "reached" : `short by ${(wanted / rate).toFixed(2)}×`;
}
