/** How much memory the engine's own process takes: `node bench/memory.ts`. */
import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { benchOptions } from "./bench-options.ts";
import { firstSources, type Graph, layers } from "./graph.ts";
import { columns, verdict } from "./report.ts";
import { runProgram } from "./run-program.ts";
import { orchestrate, PROGRAM } from "./sides/orchestrate.ts";
import { makeDirectory } from "./sides/rivals.ts";
import { checkResults } from "./sides/side.ts";
import { workspace } from "./workspace.ts";

const AT_MOST = 256;
const options = benchOptions(process.argv.slice(2));
const graph: Graph = options.size === "quick" ? layers(2, 2) : layers(100, 100);

using space = workspace();
const side = orchestrate(graph, makeDirectory(space.path, "ours"), { work: "function", durability: "relaxed" });
const rows = [
  ["from cold", ...peakOf([])],
  ["nothing to do", ...peakOf([])],
  ["all reused in a new run", ...peakOf(["--new-run"])],
];
side.run();
checkResults(side, graph, firstSources(graph));
console.log(["Most memory of the engine's own process", graph.name].join(", "));
console.log(columns(rows).join("\n"));

function peakOf(args: readonly string[]): readonly string[] {
  const file = join(mkdtempSync(join(space.path, "peak-")), "status");
  const preload = fileURLToPath(new URL("memory/keep-status.js", import.meta.url));
  runProgram({
    command: process.execPath,
    args: ["--import", preload, PROGRAM, "run", ...args],
    cwd: side.directory,
    env: { BENCH_STATUS: file },
  });
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, "utf8"))?.[1];
  if (kilobytes === undefined) throw new Error("this system does not tell the peak of a process in /proc/self/status");
  const peak = Number(kilobytes) / 1024;
  return [`${peak.toFixed(0)} MiB`, `at most ${AT_MOST} MiB`, verdict(peak, AT_MOST)];
}
