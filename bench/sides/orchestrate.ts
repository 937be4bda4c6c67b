import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Graph, Task } from "../graph.ts";
import { runProgram } from "../run-program.ts";
import { setAside } from "../set-aside.ts";
import { shellLine } from "./shell-line.ts";
import type { Side } from "./side.ts";
import { readResults, writeNumber, writeSources } from "./source-files.ts";

export interface OrchestrateOptions {
  /** `function`: a step of a plugin. `shell`: a line of shell, by `command/run`. */
  readonly work: "function" | "shell";
  readonly durability: "strict" | "relaxed";
  /** See `Program.trace`. */
  readonly trace?: string;
}

export interface OrchestrateSide extends Side {
  /** @param args more words for `orchestrate run` */
  run(args?: readonly string[]): string;
  readonly directory: string;
  /** The directory of the run that the last call of `run` told of. */
  runDirectory(): string;
  /** How the phases of that run came to be. */
  count(reason: "computed" | "reused"): number;
}

/** This engine, on a project with one phase a task. */
export function orchestrate(graph: Graph, directory: string, options: OrchestrateOptions): OrchestrateSide {
  const source = (name: string) => join(directory, `sources/${name}.txt`);
  writeSources(graph, source);
  writeProject(directory, pipelineOf(graph, options));
  let run = "";
  const runDirectory = () => join(directory, "runs", run);
  return {
    name: `orchestrate, ${options.durability}`,
    directory,
    clear: () => setAside(join(directory, "runs")),
    run: (args = []) => {
      const printed = runProgram({
        command: process.execPath,
        args: [PROGRAM, "run", ...args],
        cwd: directory,
        trace: options.trace,
      });
      run = printed.match(RUN_ID)?.at(-1) ?? "";
      return printed;
    },
    didNothing: (printed) => printed.includes("Nothing to do"),
    setSource: (name, value) => writeNumber(source(name), value),
    results: () => readResults(graph, (id) => join(runDirectory(), `phases/${id}/artifacts/out.txt`)),
    runDirectory,
    count: (reason) =>
      readFileSync(join(runDirectory(), "events.ndjson"), "utf8").split(`"reason":"${reason}"`).length - 1,
  };
}

/** What the `orchestrate` command starts. */
export const PROGRAM = fileURLToPath(new URL("../../engine/bin/orchestrate.js", import.meta.url));

const RUN_ID = /\d{8}T\d{6}Z-[0-9a-z]{4}/g;

/** Lays a project: the pipeline, plugins.json, and what a package manager would have installed. */
export function writeProject(directory: string, pipeline: unknown, plugins: readonly string[] = PLUGINS): void {
  const installed = join(directory, "node_modules");
  mkdirSync(installed, { recursive: true });
  const repository = new URL("../../", import.meta.url);
  for (const name of ["@orchestrate", "zod"]) {
    symlinkSync(fileURLToPath(new URL(`node_modules/${name}`, repository)), join(installed, name));
  }
  cpSync(fileURLToPath(new URL("bench/plugin", repository)), join(installed, "bench-plugin"), { recursive: true });
  writeFileSync(join(directory, "plugins.json"), JSON.stringify({ plugins }));
  writeFileSync(join(directory, "orchestrate.config.json"), JSON.stringify(pipeline));
}

const PLUGINS = ["bench-plugin", "@orchestrate/steps-command"];

function pipelineOf(graph: Graph, { work, durability }: OrchestrateOptions): unknown {
  const phase = work === "function" ? functionPhase : shellPhase;
  return {
    pipeline: "bench",
    durability,
    phases: Object.fromEntries(graph.tasks.map((task) => [task.id, phase(task)])),
  };
}

function functionPhase(task: Task): unknown {
  return { step: "bench/add", with: { salt: task.salt }, inputs: inputsOf(task) };
}

function shellPhase(task: Task): unknown {
  const inputs = inputsOf(task);
  const words = Object.keys(inputs).map((name) => `"$INPUT_${name}"`);
  const shell = shellLine(task, words, '"$OUTPUT_out"');
  return { step: "command/run", with: { shell }, inputs, outputs: { out: "out.txt" } };
}

function inputsOf({ needs, source }: Task): Readonly<Record<string, unknown>> {
  const [first, second] = needs.map((need) => `${need}.out`);
  return {
    ...(first === undefined ? {} : { first }),
    ...(second === undefined ? {} : { second }),
    ...(source === null ? {} : { source: { path: `sources/${source}.txt` } }),
  };
}
