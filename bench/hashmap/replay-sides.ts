import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fakeContext } from "@orchestrate/sdk/testing";
import { parse } from "csv-parse/sync";
import monotonic from "../../steps/hashmap/dist/replay/monotonic.js";
import { Recorder } from "../../steps/hashmap/dist/replay/recorder.js";
import replay from "../../steps/hashmap/dist/replay.js";
import { DELETE, GET, PUT } from "../../steps/hashmap/dist/workload/row-batch.js";

type Row = readonly [operation: string, key: string, value: string];

/** Replays the workload at a path; gives the milliseconds that count. */
export type ReplaySide = (path: string) => Promise<number> | number;

/** Everybody who replays a workload, by name. */
export const REPLAY_SIDES = {
  "hashmap/replay": ours,
  "(a) csv-parse into a Map": (path) =>
    timed(() => intoMap(parse(readFileSync(path), { from_line: 2 }) as unknown as Row[])),
  "(b) a Map, rows in memory": (path) => inMemory(rowsOf(path), intoMap),
  "    the same, hashes of keys known": (path) => {
    const rows = rowsOf(path);
    intoMap(rows);
    return inMemory(rows, intoMap);
  },
  "    the same, every operation timed": (path) => inMemory(rowsOf(path), intoTimedMap),
  "(c) Python's csv into a dict": dict,
} satisfies Readonly<Record<string, ReplaySide>>;

export type ReplaySideName = keyof typeof REPLAY_SIDES;

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** The step as a pipeline runs it: from the file to the last tick and the summary, every operation timed. */
async function ours(path: string): Promise<number> {
  const timer = await monotonic.definition.create({ options: {}, log: SILENT });
  const fake = fakeContext(replay, { inputs: { workload: { path } }, services: { timer } });
  const directory = process.cwd();
  process.chdir(fake.staging);
  const time = await timed(async () => {
    await replay.definition.run(fake.context);
    fake.finish();
  });
  process.chdir(directory);
  fake.dispose();
  return time;
}

/** What making the rows left behind is collected first, so that the Map does not pay for it. */
function inMemory(rows: readonly Row[], fill: (rows: readonly Row[]) => void): Promise<number> {
  globalThis.gc?.();
  return timed(() => fill(rows));
}

/**
 * Rows as if they had just come in: keys and values are new strings, and an operation is one of three that are known.
 */
function rowsOf(path: string): Row[] {
  const known = new Map(["put", "get", "del"].map((operation) => [operation, operation]));
  const lines = readFileSync(path, "utf8").trimEnd().split("\n").slice(1);
  return lines.map((line) => {
    const [operation, key, value] = line.split(",") as [string, string, string];
    return [known.get(operation)!, key, value];
  });
}

function intoMap(rows: readonly Row[]): void {
  const map = new Map<string, string>();
  let hits = 0;
  for (const [operation, key, value] of rows) {
    if (operation === "get") hits += map.get(key) === undefined ? 0 : 1;
    else if (operation === "put") map.set(key, value);
    else map.delete(key);
  }
  if (hits === 0) throw new Error("no get found its key");
}

/** With a look at the clock for each operation, and the histograms of a replay. */
function intoTimedMap(rows: readonly Row[]): void {
  const map = new Map<string, string>();
  const { latency } = new Recorder();
  let hits = 0;
  let before = performance.now();
  for (const [operation, key, value] of rows) {
    if (operation === "get") hits += map.get(key) === undefined ? 0 : 1;
    else if (operation === "put") map.set(key, value);
    else map.delete(key);
    const now = performance.now();
    latency[operation === "get" ? GET : operation === "put" ? PUT : DELETE].record(Math.round((now - before) * 1e6));
    before = now;
  }
  if (hits === 0) throw new Error("no get found its key");
}

async function timed(act: () => Promise<void> | void): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

/** It times itself, so that its start does not count. */
function dict(path: string): number {
  const program = fileURLToPath(new URL("dict.py", import.meta.url));
  const { stdout } = spawnSync("python3", [program, path], { encoding: "utf8" });
  return Number(stdout);
}
