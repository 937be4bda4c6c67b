import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BareOrder } from "../bare/bare-order.ts";
import type { Graph, Task } from "../graph.ts";
import { runProgram } from "../run-program.ts";
import { setAside } from "../set-aside.ts";
import { shellLine } from "./shell-line.ts";
import type { Side } from "./side.ts";
import { readResults, writeNumber, writeSources } from "./source-files.ts";

export interface BareOptions extends Pick<BareOrder, "work" | "durability"> {
  /** See `Program.trace`. */
  readonly trace?: string;
}

/** The bare Node loop of `bare/bare-loop.ts`. With `link`, a first run is there already, and what it made is linked. */
export function bare(graph: Graph, directory: string, { work, durability, trace }: BareOptions): Side {
  const source = (name: string) => join(directory, `sources/${name}.txt`);
  const first = join(directory, "first");
  const run = join(directory, "run");
  writeSources(graph, source);
  const program = join(directory, "bare-loop.mjs");
  writeFileSync(program, withoutTypes(fileURLToPath(new URL("../bare/bare-loop.ts", import.meta.url))));
  const start = (name: string, order: Omit<BareOrder, "tasks" | "lanes">) => {
    const path = join(directory, `${name}.json`);
    writeFileSync(path, JSON.stringify(withTasks(graph, order, source)));
    mkdirSync(order.run);
    return { command: process.execPath, args: [program, path], cwd: directory };
  };
  if (work === "link") runProgram(start("first-order", { run: first, work: "call", durability, from: null }));
  const clear = () => {
    setAside(run);
    mkdirSync(run);
  };
  const again = start("order", { run, work, durability, from: work === "link" ? first : null });
  return {
    name: work === "call" ? `the same in one process, ${durability}` : `bare loop, ${durability}`,
    clear,
    run: () => runProgram({ ...again, trace }),
    didNothing: () => false,
    setSource: (name, value) => writeNumber(source(name), value),
    results: () => readResults(graph, (id) => join(run, `phases/${id}/artifacts/out.txt`)),
  };
}

function withTasks(
  { tasks }: Graph,
  order: Omit<BareOrder, "tasks" | "lanes">,
  place: (name: string) => string,
): BareOrder {
  const lanes = availableParallelism();
  return {
    ...order,
    lanes,
    tasks: tasks.map((task) => {
      const sourcePath = task.source === null ? null : place(task.source);
      return { ...task, sourcePath, line: order.work === "shell" ? lineOf(task, sourcePath, order.run) : null };
    }),
  };
}

function lineOf(task: Task, sourcePath: string | null, run: string): string {
  const results = task.needs.map((need) => `'${run}/phases/${need}/artifacts/out.txt'`);
  return shellLine(task, sourcePath === null ? results : [...results, `'${sourcePath}'`], "out.txt");
}

/**
 * The loop must not pay for the stripping at its start. In a process of its own, which may warn that this is
 * experimental.
 */
function withoutTypes(path: string): string {
  const script = `const { stripTypeScriptTypes } = require("node:module");
    process.stdout.write(stripTypeScriptTypes(require("node:fs").readFileSync(process.argv[1], "utf8")));`;
  return runProgram({ command: process.execPath, args: ["-e", script, path], cwd: process.cwd() });
}
