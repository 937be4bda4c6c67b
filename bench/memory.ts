/** How much memory the engine's own process takes: `node bench/memory.ts`. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
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
  ["from cold", ...peakOf("run")],
  ["nothing to do", ...peakOf("run")],
  ["all reused in a new run", ...peakOf("run", "--new-run")],
];
side.run();
killBeforeTheLast();
rows.push(["resumed at its last phase", ...peakOf("resume")]);
checkResults(side, graph, firstSources(graph));
console.log(["Most memory of the engine's own process", graph.name].join(", "));
console.log(columns(rows).join("\n"));

/** Makes the newest run one whose engine was killed when only its last phase was left. */
function killBeforeTheLast(): void {
  rmSync(join(side.runDirectory(), "manifest.json"));
  rmSync(join(side.runDirectory(), `phases/${graph.tasks.at(-1)?.id}`), { recursive: true });
}

function peakOf(...words: readonly string[]): readonly string[] {
  const file = join(mkdtempSync(join(space.path, "peak-")), "status");
  const preload = fileURLToPath(new URL("memory/keep-status.js", import.meta.url));
  runProgram({
    command: process.execPath,
    args: ["--import", preload, PROGRAM, ...words],
    cwd: side.directory,
    env: { BENCH_STATUS: file },
  });
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, "utf8"))?.[1];
  if (kilobytes === undefined) throw new Error("this system does not tell the peak of a process in /proc/self/status");
  const peak = Number(kilobytes) / 1024;
  return [`${peak.toFixed(0)} MiB`, `at most ${AT_MOST} MiB`, verdict(peak, AT_MOST)];
}
