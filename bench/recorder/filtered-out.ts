/** What a filter that skips a program's work leaves of the recorder's cost: `node bench/recorder/filtered-out.ts`. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { summarize } from "../measure.ts";
import { report } from "../report.ts";
import { programs, recordProgram } from "./record-program.ts";

const quick = process.argv.includes("--quick");
const args = [quick ? "1000" : "30000000"];
const rounds = quick ? 1 : 9;
const plain: number[] = [];
const skipped: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  plain.push(
    milliseconds(spawnSync(process.execPath, [join(programs, "timed.js"), ...args], { encoding: "utf8" }).stdout),
  );
  const { output } = await recordProgram({ program: "timed.js", args, filters: ["skips.toml"] });
  skipped.push(milliseconds(output));
}
console.log(
  report(
    `Work that is filtered out, by the program's own clock, median of ${rounds}`,
    [summarize("unrecorded", plain), summarize("filtered out", skipped)],
    [{ of: "filtered out", against: "unrecorded", atMost: 1.1 }],
  ),
);

/** What the program says it took. */
function milliseconds(output: string): number {
  const said = /^took (\S+) ms$/m.exec(output)?.[1];
  if (said === undefined) throw new Error(`the program did not say what it took: ${output}`);
  return Number(said);
}
