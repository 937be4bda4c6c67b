/** What starting costs, whatever is installed: `node bench/start-up.ts`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { benchOptions } from "./bench-options.ts";
import { type Contender, measure } from "./measure.ts";
import { report } from "./report.ts";
import { runProgram } from "./run-program.ts";
import { bareNode } from "./sides/bare-node.ts";
import { PROGRAM, writeProject } from "./sides/orchestrate.ts";
import { makeDirectory } from "./sides/rivals.ts";
import { workspace } from "./workspace.ts";

const options = benchOptions(process.argv.slice(2));
const counts = [0, 200];
const words = ["--version", "--help"] as const;
const atMost = { "--version": 1.3, "--help": 2 };

using space = workspace();
const contenders = counts.flatMap((count) => {
  const cwd = makeDirectory(space.path, `plugins-${count}`);
  writePlugins(cwd, count);
  return words.map((word) => said(word, cwd, nameOf(word, count)));
});
const timings = measure(
  [bareNode(space.path), ...contenders],
  options.size === "quick" ? { count: 1, warmUp: 0 } : { count: options.rounds ?? 41, warmUp: 2 },
);
const targets = counts.flatMap((count) =>
  words.map((word) => ({ of: nameOf(word, count), against: "node -e 0", atMost: atMost[word] })),
);
console.log(report("Start-up", timings, targets));

function nameOf(word: string, count: number): string {
  return `${word}, ${count} plugins`;
}

function said(word: (typeof words)[number], cwd: string, name: string): Contender {
  let printed = "";
  return {
    name,
    run: () => {
      printed = runProgram({ command: process.execPath, args: [PROGRAM, word], cwd });
    },
    check: () => {
      const expected = word === "--version" ? /^\d+\.\d+\.\d+\n$/ : /resume/;
      if (!expected.test(printed)) throw new Error(`${name} printed ${printed}`);
    },
  };
}

/** A project with this many plugins, each of one step, all of them on. */
function writePlugins(directory: string, count: number): void {
  const names = Array.from({ length: count }, (_, index) => `bench-plugin-${index}`);
  writeProject(directory, { pipeline: "bench", phases: {} }, names);
  for (const name of names) {
    const place = join(directory, "node_modules", name);
    mkdirSync(place);
    const orchestrate = { api: 1, steps: { [`${name}/step`]: "./step.js" } };
    writeFileSync(join(place, "package.json"), JSON.stringify({ name, version: "1.0.0", type: "module", orchestrate }));
    writeFileSync(join(place, "step.js"), 'throw new Error("no plugin is loaded to start");\n');
  }
}
