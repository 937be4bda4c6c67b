import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Graph, Task } from "../graph.ts";
import { runProgram } from "../run-program.ts";
import { setAside } from "../set-aside.ts";
import { shellLine } from "./shell-line.ts";
import type { Side } from "./side.ts";
import { readResults, writeNumber, writeSources } from "./source-files.ts";

/** ninja, with a build.ninja of one edge a task. */
export function ninja(graph: Graph, directory: string): Side {
  const source = (name: string) => join(directory, `sources/${name}.txt`);
  writeSources(graph, source);
  const rule = "rule task\n  command = $line\n";
  writeFileSync(join(directory, "build.ninja"), rule + graph.tasks.map(edge).join(""));
  const clear = () => {
    for (const name of ["out", ".ninja_log", ".ninja_deps"]) setAside(join(directory, name));
    mkdirSync(join(directory, "out"));
  };
  clear();
  return {
    name: "ninja",
    clear,
    run: () => runProgram({ command: "ninja", args: [], cwd: directory }),
    didNothing: (printed) => printed.includes("no work to do"),
    setSource: (name, value) => writeNumber(source(name), value),
    results: () => readResults(graph, (id) => join(directory, `out/${id}.txt`)),
  };
}

function edge(task: Task): string {
  const inputs = inputPaths(task);
  const output = `out/${task.id}.txt`;
  const line = shellLine(task, inputs, output).replaceAll("$", "$$$$");
  return `build ${output}: task ${inputs.join(" ")}\n  line = ${line}\n`;
}

/** What a task reads, below the directory of ninja or make. */
export function inputPaths({ needs, source }: Task): string[] {
  const results = needs.map((need) => `out/${need}.txt`);
  return source === null ? results : [...results, `sources/${source}.txt`];
}
