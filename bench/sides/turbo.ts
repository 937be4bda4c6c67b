import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Graph, Task } from "../graph.ts";
import { runProgram } from "../run-program.ts";
import { setAside } from "../set-aside.ts";
import { installTurbo } from "./install-turbo.ts";
import { shellLine } from "./shell-line.ts";
import type { Side } from "./side.ts";
import { readResults, writeNumber, writeSources } from "./source-files.ts";

/**
 * Turborepo, started as its npm package does, and its program by itself: a workspace of one package a task, under git,
 * without which it is half as fast. The scripts run without npm, which would take 100 ms each: what turbo finds as
 * `npm` is a line of shell.
 */
export function turbo(graph: Graph, directory: string): readonly Side[] {
  const place = (id: string) => join(directory, "packages", id);
  const owners = new Map(graph.tasks.map(({ id, source }) => [source, id]));
  const source = (name: string) => join(place(owners.get(name)!), "source.txt");
  writeWorkspace(graph, directory);
  writeSources(graph, source);
  putUnderGit(directory);
  const env = {
    PATH: `${join(directory, "bin")}${delimiter}${process.env.PATH}`,
    TURBO_TELEMETRY_DISABLED: "1",
    TURBO_NO_UPDATE_NOTIFIER: "1",
  };
  const { starter, program } = installTurbo();
  const start = (name: string, command: string): Side => ({
    name,
    clear: () => {
      setAside(join(directory, ".turbo"));
      for (const { id } of graph.tasks) {
        for (const name of ["out.txt", ".turbo"]) setAside(join(place(id), name));
      }
    },
    run: () => runProgram({ command, args: ["run", "build", "--output-logs=none"], cwd: directory, env }),
    didNothing: (printed) => /Cached:\s+(\d+) cached, \1 total/.test(printed),
    setSource: (name, value) => writeNumber(source(name), value),
    results: () => readResults(graph, (id) => join(place(id), "out.txt")),
  });
  return [start("turbo", starter), start("turbo's program alone", program)];
}

function writeWorkspace(graph: Graph, directory: string): void {
  const write = (path: string, content: unknown) =>
    writeFileSync(join(directory, path), typeof content === "string" ? content : JSON.stringify(content));
  for (const { id } of graph.tasks) mkdirSync(join(directory, "packages", id), { recursive: true });
  mkdirSync(join(directory, "bin"));
  write("bin/npm", "#!/bin/sh\nexec /bin/sh ./build.sh\n");
  chmodSync(join(directory, "bin/npm"), 0o755);
  write("package.json", { name: "root", private: true, packageManager: "npm@11.0.0", workspaces: ["packages/*"] });
  const inputs = ["build.sh", "source.txt"];
  write("turbo.json", { tasks: { build: { dependsOn: ["^build"], inputs, outputs: ["out.txt"] } } });
  write("package-lock.json", lockfile(graph));
  for (const task of graph.tasks) {
    write(`packages/${task.id}/package.json`, { ...identity(task), scripts: { build: "sh ./build.sh" } });
    write(`packages/${task.id}/build.sh`, `${buildLine(task)}\n`);
  }
}

function buildLine(task: Task): string {
  const results = task.needs.map((need) => `../${need}/out.txt`);
  return shellLine(task, task.source === null ? results : [...results, "source.txt"], "out.txt");
}

function identity({ id, needs }: Task) {
  return { name: id, version: "1.0.0", dependencies: Object.fromEntries(needs.map((need) => [need, "1.0.0"])) };
}

function lockfile({ tasks }: Graph): unknown {
  const packages: Record<string, unknown> = { "": { name: "root", workspaces: ["packages/*"] } };
  for (const task of tasks) {
    packages[`packages/${task.id}`] = identity(task);
    packages[`node_modules/${task.id}`] = { resolved: `packages/${task.id}`, link: true };
  }
  return { name: "root", lockfileVersion: 3, packages };
}

function putUnderGit(directory: string): void {
  writeFileSync(join(directory, ".gitignore"), "out.txt\n.turbo\n.aside\n");
  const settings = ["user.name=bench", "user.email=bench@example.org", "commit.gpgsign=false", "core.hooksPath=none"];
  const git = (...args: string[]) =>
    runProgram({ command: "git", args: [...settings.flatMap((setting) => ["-c", setting]), ...args], cwd: directory });
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "--message", "All packages");
}
