import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Graph, Task } from "../graph.ts";
import { runProgram } from "../run-program.ts";
import { setAside } from "../set-aside.ts";
import { inputPaths } from "./ninja.ts";
import { shellLine } from "./shell-line.ts";
import type { Side } from "./side.ts";
import { readResults, writeNumber, writeSources } from "./source-files.ts";

/** GNU make, without its built-in rules, as many recipes at once as there are cores. */
export function make(graph: Graph, directory: string): Side {
  const source = (name: string) => join(directory, `sources/${name}.txt`);
  writeSources(graph, source);
  const all = `.PHONY: all\nall: ${graph.tasks.map(({ id }) => `out/${id}.txt`).join(" ")}\n`;
  writeFileSync(join(directory, "Makefile"), all + graph.tasks.map(rule).join(""));
  const clear = () => {
    setAside(join(directory, "out"));
    mkdirSync(join(directory, "out"));
  };
  clear();
  return {
    name: "make",
    clear,
    run: () => runProgram({ command: "make", args: ["-r", `-j${availableParallelism()}`], cwd: directory }),
    didNothing: (printed) => printed.includes("Nothing to be done"),
    setSource: (name, value) => writeNumber(source(name), value),
    results: () => readResults(graph, (id) => join(directory, `out/${id}.txt`)),
  };
}

function rule(task: Task): string {
  const inputs = inputPaths(task);
  const output = `out/${task.id}.txt`;
  return `${output}: ${inputs.join(" ")}\n\t@${shellLine(task, inputs, output).replaceAll("$", "$$$$")}\n`;
}
