/**
 * The system calls that each further phase costs, by the engine and by the bare loop, so that anyone can see that both
 * do the same to the disk: `node bench/operations.ts`. Needs strace.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { benchOptions } from "./bench-options.ts";
import { type CallCounts, countCalls, countsOfOne } from "./count-calls.ts";
import { chain } from "./graph.ts";
import { columns } from "./report.ts";
import { isInstalled } from "./run-program.ts";
import { bare } from "./sides/bare.ts";
import { orchestrate } from "./sides/orchestrate.ts";
import { makeDirectory } from "./sides/rivals.ts";
import { workspace } from "./workspace.ts";

const options = benchOptions(process.argv.slice(2));
const few = 4;
const more = options.size === "quick" ? 4 : 100;
const works = ["function", "shell", "link"] as const;
type Work = (typeof works)[number];

const TITLES: Readonly<Record<Work, string>> = {
  function: "a function step",
  shell: "a shell command",
  link: "reused in a new run",
};

if (isInstalled("strace")) {
  for (const work of works) console.log(compare(work));
} else {
  console.log("strace is not installed, and nothing can be shown.");
}

function compare(work: Work): string {
  const [ours, floor] = [countsOfPhase(work, tracedOurs), countsOfPhase(work, tracedBare)];
  const names = [...new Set([...ours.keys(), ...floor.keys()])].sort();
  const show = (counts: CallCounts, name: string) => (counts.get(name) ?? 0).toFixed(2);
  const rows = names.map((name) => [name, show(ours, name), show(floor, name)]);
  return [`One phase, ${TITLES[work]}, strict`, ...columns([["", "orchestrate", "bare loop"], ...rows]), ""].join("\n");
}

type Traced = (work: Work, length: number, directory: string, trace: string) => void;

function countsOfPhase(work: Work, traced: Traced): CallCounts {
  const [short, long] = [few, few + more].map((length) => {
    using space = workspace();
    const trace = join(space.path, "trace");
    const directory = makeDirectory(space.path, "project");
    traced(work, length, directory, trace);
    return countCalls(readFileSync(trace, "utf8"), directory);
  });
  return countsOfOne(short!, long!, more);
}

function tracedOurs(work: Work, length: number, directory: string, trace: string): void {
  const side = orchestrate(chain(length), directory, {
    work: work === "shell" ? "shell" : "function",
    durability: "strict",
    trace,
  });
  side.run();
  // The trace of the second run replaces that of the first.
  if (work === "link") side.run(["--new-run"]);
}

function tracedBare(work: Work, length: number, directory: string, trace: string): void {
  bare(chain(length), directory, { work, durability: "strict", trace }).run();
}
