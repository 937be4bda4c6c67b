/** How fast a replay is, every operation timed and metrics on: `node bench/hashmap/replay.ts`. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fakeContext } from "@orchestrate/sdk/testing";
import { parse } from "csv-parse/sync";
import replay from "../../steps/hashmap/src/replay.ts";
import { CANONICAL, CANONICAL_NAMES, type CanonicalName } from "../../steps/hashmap/src/workload/canonical.ts";
import { generateRows } from "../../steps/hashmap/src/workload/generate-rows.ts";
import { benchOptions } from "../bench-options.ts";
import { columns, report, verdict } from "../report.ts";
import { type Side, sideBySide } from "./side-by-side.ts";

const options = benchOptions(process.argv.slice(2));
const rounds = options.size === "quick" ? 1 : (options.rounds ?? 9);
const names: readonly CanonicalName[] = options.size === "quick" ? ["demo"] : CANONICAL_NAMES;
const OURS = "hashmap/replay";
const PARSED = "(a) csv-parse into a Map";
const IN_MEMORY = "(b) a Map, rows in memory";
const KNOWN = "    the same, hashes of keys known";
const DICT_PROGRAM = fileURLToPath(new URL("dict.py", import.meta.url));
const DICT = "(c) Python's csv into a dict";

const directory = mkdtempSync(join(tmpdir(), "bench-hashmap-"));
process.on("exit", () => rmSync(directory, { recursive: true }));
for (const name of names) {
  const { shape, seed } = CANONICAL[name];
  const path = join(directory, `${name}.csv`);
  writeFileSync(path, [...generateRows({ ...shape, ops: options.size === "quick" ? 2000 : shape.ops }, seed)].join(""));
  const sides = [ours(path), parsed(path), inMemory(path), known(path), ...dict(path)];
  const timings = await sideBySide(sides, rounds);
  const title = `${name}: ${shape.ops} rows`;
  const targets = [
    { of: OURS, against: PARSED, atMost: 1 / 4 },
    { of: OURS, against: IN_MEMORY, atMost: 1 },
  ];
  console.log(report(title, timings, targets));
  if (name !== "stress_1m") continue;
  const rate = shape.ops / (timings[0]!.median / 1000);
  const row = ["end to end", `${(rate / 1e6).toFixed(2)} M ops/s`, "at least 2 M ops/s", verdict(2e6 / rate, 1)];
  console.log([...columns([row]), ""].join("\n"));
}

/** The step as a pipeline runs it: from the file to the last tick and the summary. */
function ours(path: string): Side {
  const services = { timer: { now: () => performance.now() } };
  return {
    name: OURS,
    async run() {
      const fake = fakeContext(replay, { inputs: { workload: { path } }, services });
      process.chdir(fake.staging);
      const start = performance.now();
      await replay.definition.run(fake.context);
      fake.finish();
      const time = performance.now() - start;
      process.chdir(directory);
      fake.dispose();
      return time;
    },
  };
}

type Row = readonly [operation: string, key: string, value: string];

function parsed(path: string): Side {
  return {
    name: PARSED,
    run: () => timed(() => intoMap(parse(readFileSync(path), { from_line: 2 }) as unknown as Row[])),
  };
}

/** The strings are new in every round, as those of rows that just came in. */
function inMemory(path: string): Side {
  const text = readFileSync(path, "utf8");
  return {
    name: IN_MEMORY,
    run() {
      const rows = split(text);
      return timed(() => intoMap(rows));
    },
  };
}

/** V8 keeps the hash of a string with it: from the second round on none is computed. */
function known(path: string): Side {
  const rows = split(readFileSync(path, "utf8"));
  return { name: KNOWN, run: () => timed(() => intoMap(rows)) };
}

function split(text: string): Row[] {
  return parse(text, { from_line: 2 }) as unknown as Row[];
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

function timed(act: () => void): number {
  const start = performance.now();
  act();
  return performance.now() - start;
}

/** It times itself, so that its start does not count. */
function dict(path: string): Side[] {
  const run = () => {
    const { stdout } = spawnSync("python3", [DICT_PROGRAM, path], { encoding: "utf8" });
    return Number(stdout);
  };
  return spawnSync("python3", ["--version"]).status === 0 ? [{ name: DICT, run }] : [];
}
