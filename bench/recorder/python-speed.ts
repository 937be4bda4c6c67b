/** How fast Python programs are recorded, beside `python -m trace --count`: `node bench/recorder/python-speed.ts`. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { summarize } from "../measure.ts";
import { report } from "../report.ts";
import { programs, recordProgram } from "./record-program.ts";

const quick = process.argv.includes("--quick");
const rounds = quick ? 1 : 3;
const args = [quick ? "3000" : "1500000"];
const python =
  process.argv.find((argument) => argument.startsWith("--python="))?.slice("--python=".length) ?? "python3";
const program = join(programs, "steps.py");
const coverage = mkdtempSync(join(tmpdir(), "count-"));
const times = { plain: [] as number[], count: [] as number[], steps: [] as number[], values: [] as number[] };
for (let round = 0; round < rounds; round += 1) {
  times.plain.push(timed([program, ...args]));
  times.count.push(timed(["-m", "trace", "--count", "-C", coverage, program, ...args]));
  times.steps.push((await recordProgram({ program: "steps.py", args, python, values: "none" })).seconds * 1000);
  times.values.push((await recordProgram({ program: "steps.py", args, python })).seconds * 1000);
}
rmSync(coverage, { recursive: true });
const version = spawnSync(python, ["--version"], { encoding: "utf8" }).stdout.trim();
console.log(
  report(
    `Recording of ${version} programs, ${args[0]} lines, median of ${rounds}`,
    [
      summarize("unrecorded", times.plain),
      summarize("python -m trace --count", times.count),
      summarize("steps only", times.steps),
      summarize("with values", times.values),
    ],
    [
      { of: "steps only", against: "python -m trace --count", atMost: 1 },
      { of: "with values", against: "python -m trace --count", atMost: 4 },
    ],
  ),
);

/** Milliseconds. */
function timed(argv: readonly string[]): number {
  const begin = performance.now();
  const { status, stderr } = spawnSync(python, argv, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${python} ${argv.join(" ")} ended with status ${status}: ${stderr}`);
  return performance.now() - begin;
}
