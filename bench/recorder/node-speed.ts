/** How fast Node programs are recorded, end to end, to disk: `node bench/recorder/node-speed.ts`. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { median } from "../measure.ts";
import { columns, verdict } from "../report.ts";
import { programs, recordProgram } from "./record-program.ts";

const quick = process.argv.includes("--quick");
const rounds = quick ? 1 : 3;

const FIGURES = [
  {
    what: "steps, without values",
    program: "steps.js",
    count: 20_000_000,
    values: "none",
    of: "steps",
    least: 5_000_000,
  },
  {
    what: "steps, five scalars that change",
    program: "values.js",
    count: 3_000_000,
    values: "changed",
    of: "steps",
    least: 300_000,
  },
  {
    what: "calls and returns, with arguments",
    program: "calls.js",
    count: 1_500_000,
    values: "changed",
    of: "calls",
    least: 300_000,
  },
  {
    what: "calls and returns, without values",
    program: "calls.js",
    count: 3_000_000,
    values: "none",
    of: "calls",
    least: 300_000,
  },
] as const;

const rows: string[][] = [];
for (const { what, program, count, values, of, least } of FIGURES) {
  const args = [String(quick ? 3000 : count)];
  const rates: number[] = [];
  const plain: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    plain.push(secondsOf([join(programs, program), ...args]));
    const measured = await recordProgram({ program, args, values });
    rates.push(measured[of] / measured.seconds);
  }
  const rate = median(rates);
  rows.push([
    what,
    `${Math.round(rate).toLocaleString("en")} a second`,
    `unrecorded in ${median(plain).toFixed(2)} s`,
    `at least ${least.toLocaleString("en")}`,
    verdict(least, rate),
  ]);
}
console.log(`Recording of Node programs, median of ${rounds}, the program's start and the trace on disk included`);
console.log(columns(rows).join("\n"));

function secondsOf(argv: readonly string[]): number {
  const begin = performance.now();
  const { status } = spawnSync(process.execPath, argv, { stdio: "ignore" });
  if (status !== 0) throw new Error(`${argv.join(" ")} ended with status ${status}`);
  return (performance.now() - begin) / 1000;
}
