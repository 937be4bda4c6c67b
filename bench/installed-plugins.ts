/** What plugins cost that are installed and not on: `node bench/installed-plugins.ts`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { benchOptions } from "./bench-options.ts";
import { type Contender, measure } from "./measure.ts";
import { report } from "./report.ts";
import { runProgram } from "./run-program.ts";
import { PROGRAM, writeProject } from "./sides/orchestrate.ts";
import { makeDirectory } from "./sides/rivals.ts";
import { workspace } from "./workspace.ts";

const options = benchOptions(process.argv.slice(2));
const installed = [0, 200];
const commands: readonly { readonly words: readonly string[]; readonly prints: RegExp }[] = [
  { words: ["--help"], prints: /resume/ },
  { words: ["plugins", "list"], prints: /^bench-on +1\.0\.0 .*steps: bench-on\/step\n$/ },
  { words: ["plan"], prints: /1 to run/ },
];

using space = workspace();
const projects = installed.map((count) => ({
  count,
  cwd: makeProject(makeDirectory(space.path, `installed-${count}`), count),
}));
const contenders = commands.flatMap((command) =>
  projects.map(({ count, cwd }) => said(command, cwd, nameOf(command, count))),
);
const timings = measure(
  contenders,
  options.size === "quick" ? { count: 1, warmUp: 0 } : { count: options.rounds ?? 41, warmUp: 2 },
);
const targets = commands.map((command) => ({ of: nameOf(command, 200), against: nameOf(command, 0), atMost: 1.1 }));
console.log(report("Installed and not on", timings, targets));

function nameOf({ words }: { readonly words: readonly string[] }, count: number): string {
  return `${words.join(" ")}, ${count} installed`;
}

function said({ words, prints }: (typeof commands)[number], cwd: string, name: string): Contender {
  let printed = "";
  return {
    name,
    run: () => {
      printed = runProgram({ command: process.execPath, args: [PROGRAM, ...words], cwd });
    },
    check: () => {
      if (!prints.test(printed)) throw new Error(`${name} printed ${printed}`);
    },
  };
}

/**
 * A project with one plugin that is on and this many more, in package.json, lockfile and node_modules, that are not.
 */
function makeProject(directory: string, count: number): string {
  const names = ["bench-on", ...Array.from({ length: count }, (_, index) => `bench-off-${index}`)];
  writeProject(directory, { pipeline: "bench", phases: { a: { step: "bench-on/step" } } }, ["bench-on"]);
  for (const name of names) writePlugin(join(directory, "node_modules", name), name);
  const dependencies = Object.fromEntries(names.map((name) => [name, "^1.0.0"]));
  const locked = names.map((name) => [
    `node_modules/${name}`,
    { version: "1.0.0", integrity: `sha512-${"a".repeat(86)}==` },
  ]);
  write(directory, "package.json", { private: true, dependencies });
  const packages = { "": { dependencies }, ...Object.fromEntries(locked) };
  write(directory, "package-lock.json", { lockfileVersion: 3, packages });
  write(directory, "node_modules/.package-lock.json", { lockfileVersion: 3, packages });
  return directory;
}

function writePlugin(place: string, name: string): void {
  mkdirSync(place, { recursive: true });
  const orchestrate = { api: 1, steps: { [`${name}/step`]: "./step.js" } };
  write(place, "package.json", {
    name,
    version: "1.0.0",
    type: "module",
    keywords: ["orchestrate-plugin"],
    orchestrate,
  });
  const isOn = name === "bench-on";
  writeFileSync(join(place, "step.js"), isOn ? emptyStep() : 'throw new Error("what is not on is never loaded");\n');
}

function emptyStep(): string {
  return `import { defineStep, z } from "@orchestrate/sdk";
export default defineStep({ summary: "Nothing.", config: z.strictObject({}), run: async () => {} });
`;
}

function write(directory: string, path: string, content: object): void {
  writeFileSync(join(directory, path), JSON.stringify(content, null, 2));
}
