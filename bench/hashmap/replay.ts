/** How fast a replay is, every operation timed and metrics on: `node bench/hashmap/replay.ts`. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { CANONICAL, CANONICAL_NAMES, type CanonicalName } from "../../steps/hashmap/src/workload/canonical.ts";
import { generateRows } from "../../steps/hashmap/src/workload/generate-rows.ts";
import { summarize } from "../measure.ts";
import { columns, report, verdict } from "../report.ts";
import { REPLAY_SIDES, type ReplaySideName } from "./replay-sides.ts";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    rounds: { type: "string", default: "5" },
    workloads: { type: "string" },
  },
});
const chosen = values.workloads?.split(",") ?? (values.quick ? ["demo"] : CANONICAL_NAMES);
const rounds = values.quick ? 1 : Number(values.rounds);
const RUNS = fileURLToPath(new URL("replay-runs.ts", import.meta.url));
const hasPython = spawnSync("python3", ["--version"]).status === 0;
const sides = (Object.keys(REPLAY_SIDES) as ReplaySideName[]).filter((name) => hasPython || !name.startsWith("(c)"));

const directory = mkdtempSync(join(tmpdir(), "bench-hashmap-"));
process.on("exit", () => rmSync(directory, { recursive: true }));
for (const name of chosen) {
  const { shape, seed } = CANONICAL[name as CanonicalName] ?? refuse(name);
  const ops = values.quick ? 2000 : shape.ops;
  const path = join(directory, `${name}.csv`);
  writeFileSync(path, [...generateRows({ ...shape, ops }, seed)].join(""));
  const { cold, warm } = measure(path, values.quick ? 2 : Math.round(2 + 2_000_000 / ops));
  print(`${name}: ${ops} rows, the first replay of a process`, cold, ops);
  print(`${name}: ${ops} rows, later ones`, warm, ops);
}

function refuse(name: string): never {
  throw new Error(`"${name}" is none of ${CANONICAL_NAMES.join(", ")}`);
}

type Times = Readonly<Record<string, readonly number[]>>;

/**
 * In each round every side has a process of its own, each round beginning with another one. The first replay of a
 * process is cold; of the later ones the second half counts, when what the compiler does is done.
 */
function measure(path: string, runs: number): { readonly cold: Times; readonly warm: Times } {
  const cold: Record<string, number[]> = {};
  const warm: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < sides.length; turn++) {
      const side = sides[(round + turn) % sides.length]!;
      const count = side.startsWith("(c)") ? 1 : runs;
      const out = execFileSync(process.execPath, ["--expose-gc", RUNS, side, path, `${count}`], { encoding: "utf8" });
      const times = JSON.parse(out) as number[];
      cold[side] = [...(cold[side] ?? []), times[0]!];
      warm[side] = [...(warm[side] ?? []), ...times.slice(Math.floor(count / 2))];
    }
  }
  return { cold, warm };
}

function print(title: string, times: Times, ops: number): void {
  const timings = sides.map((side) => summarize(side, times[side]!));
  const targets = [
    { of: "hashmap/replay", against: "(a) csv-parse into a Map", atMost: 1 / 4 },
    { of: "hashmap/replay", against: "(b) a Map, rows in memory", atMost: 1 },
  ] as const;
  console.log(report(title, timings, targets));
  if (ops < 1_000_000) return;
  const rate = ops / (timings[0]!.median / 1000);
  const row = ["end to end", `${(rate / 1e6).toFixed(2)} M ops/s`, "at least 2 M ops/s", verdict(2e6 / rate, 1)];
  console.log([...columns([row]), ""].join("\n"));
}
