/** How much memory a recording of ten million events takes: `node bench/recorder/memory.ts`. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { columns, verdict } from "../report.ts";
import { programs, recordProgram } from "./record-program.ts";

const AT_MOST = 200;
const quick = process.argv.includes("--quick");
const events = quick ? 3000 : 10_000_000;
const peak = /^peak (\d+) MiB$/m;

const args = [String(events)];
const plain = Number(
  peak.exec(spawnSync(process.execPath, [join(programs, "peak.js"), ...args], { encoding: "utf8" }).stdout)?.[1],
);
const before = process.resourceUsage().maxRSS / 1024;
const { output, steps } = await recordProgram({ program: "peak.js", args, values: "none" });
const recorded = Number(peak.exec(output)?.[1]);
const writer = process.resourceUsage().maxRSS / 1024 - before;
if (steps < events) throw new Error(`only ${steps} steps were recorded`);
const program = recorded - plain;
console.log(`Memory of a recording of ${events.toLocaleString("en")} events, above an unrecorded run`);
console.log(
  columns([
    ["the program, unrecorded", `${plain} MiB`],
    [
      "the program, more when recorded",
      `${program} MiB`,
      `at most ${AT_MOST} MiB`,
      verdict(Math.max(program, 1), AT_MOST),
    ],
    [
      "both processes, more",
      `${Math.round(program + writer)} MiB`,
      `at most ${AT_MOST} MiB`,
      verdict(program + writer, AT_MOST),
    ],
  ]).join("\n"),
);
