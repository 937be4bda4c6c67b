import { mkdirSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Gate } from "./rig/gate.ts";
import { died } from "./rig/is-alive.ts";
import { Project } from "./rig/project.ts";
import { errorOf, resultOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();

interface Case {
  readonly what: string;
  /** Of the module, at import. */
  readonly code: string;
  readonly error: string;
  readonly detail: RegExp;
  /** What to do, where it is told apart. */
  readonly hint?: string;
}

const cases: readonly Case[] = [
  {
    what: "throws",
    code: 'throw new Error("no such luck");',
    error: "plugin-import-failed",
    detail: /^own\/step can't be loaded: importing \S+own\.js threw Error: no such luck/,
  },
  {
    what: "exits",
    code: "process.exit(3);",
    error: "plugin-exits",
    detail: /^The process that imported \S+own\.js for own\/step ended with status 3\.$/,
    hint: "A module must only define things when it is imported. Mend orchestrate-plugin-own, or take it out of plugins.json.",
  },
  {
    what: "is killed",
    code: 'process.kill(process.pid, "SIGKILL");',
    error: "plugin-exits",
    detail: /^The process that imported \S+own\.js for own\/step was killed by SIGKILL\.$/,
    hint: "If it was not orchestrate-plugin-own itself, see whether the machine has memory left, and try again.",
  },
  {
    what: "does not parse",
    code: "export default {",
    error: "plugin-import-failed",
    detail: /^own\/step can't be loaded: importing \S+own\.js threw SyntaxError: /,
  },
  {
    what: "imports what is not there",
    code: 'import "./nowhere.js";',
    error: "plugin-import-failed",
    detail: /^own\/step can't be loaded: importing \S+own\.js threw Error: Cannot find module \S+nowhere\.js/,
  },
  {
    what: "defines no step",
    code: "export default { run() {} };",
    error: "not-a-step",
    detail: /^own\/step can't be used: the default export of \S+own\.js was not made by defineStep\.$/,
  },
];

describe.concurrent("a step whose module, when imported,", () => {
  it.each(cases)("$what is told in one message before anything runs", async ({ code, error, detail, hint }) => {
    const project = withOwn(code, ["a", "own"]);
    const ended = await project.orchestrate(["run", "--json"]);
    expect(ended).toMatchObject({ status: 2, stdout: "" });
    expect(ended.stderr.trim().split("\n")).toHaveLength(1);
    expect(errorOf(ended)).toMatchObject({ error, detail: expect.stringMatching(detail) });
    expect(errorOf(ended).hint).toEqual(hint ?? expect.stringMatching(/./));
    expect(project.runs()).toEqual([]);
  });

  it.each(cases)("$what does not keep a pipeline from running that makes no use of it", async ({ code }) => {
    const project = withOwn(code, ["a"]);
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    expect(project.executions()).toEqual(["a"]);
    expect(await project.orchestrate(["plugins", "list"])).toMatchObject({ status: 0, stderr: "" });
  });
});

it("an engine that is interrupted while a plugin is asked leaves no worker behind", async () => {
  const waits = `
    import { createConnection } from "node:net";
    const gate = createConnection(\`\${process.env.TMPDIR}/gate\`);
    gate.write(JSON.stringify(["asked", process.pid]) + "\\n");
    await new Promise(() => {});`;
  const project = withOwn(waits, ["own"]);
  await using gate = await Gate.open(project);
  const engine = project.start(["plan"]);
  const asked = await gate.arrival("asked");
  engine.kill("SIGINT");
  expect(await engine.ended).toMatchObject({ signal: "SIGINT", stdout: "" });
  await asked.gone;
  await died(asked.pid);
  expect(project.runs()).toEqual([]);
});

it("what is installed and not on is never loaded, whatever it is", async () => {
  const project = withOwn("process.exit(3);", ["a"]);
  project.write("plugins.json", JSON.stringify({ plugins: ["orchestrate-plugin-rig"] }));
  project.write("package.json", JSON.stringify({ dependencies: { "orchestrate-plugin-own": "1.0.0", torn: "1.0.0" } }));
  project.write("node_modules/torn/package.json", "{ not JSON");
  for (const words of [["--help"], ["plugins", "list"], ["plan"], ["run"], ["plugins", "doctor"], ["doctor"]]) {
    expect(await project.orchestrate(words)).toMatchObject({ status: 0, stderr: "" });
  }
  const used = withOwn("process.exit(3);", ["own"]);
  used.write("plugins.json", JSON.stringify({ plugins: ["orchestrate-plugin-rig"] }));
  expect(errorOf(await used.orchestrate(["plan", "--json"]))).toMatchObject({
    error: "pipeline-invalid",
    detail: expect.stringContaining('no plugin contributes a step "own/step"'),
    hint: expect.stringMatching(/A plugin is switched on by: orchestrate plugins add PACKAGE\.$/),
  });
});

it("a step whose schema throws is told before anything runs, with the place, and not of a log that is not there", async () => {
  const project = withOwn(STEP.replace("z.strictObject({})", "z.lazy(() => { throw new Error('no schema'); })"), [
    "own",
  ]);
  expect(errorOf(await project.orchestrate(["run", "--json"]))).toMatchObject({
    error: "step-threw",
    detail: expect.stringMatching(/^own\/step threw Error: no schema \(\S+orchestrate-plugin-own\/own\.js:\d+:\d+\)$/),
    hint: "Mend the plugin, or take it out of plugins.json.",
  });
  expect(project.runs()).toEqual([]);
});

describe("a step that breaks only where it runs", () => {
  it.each([
    ["throws", 'throw new Error("no luck here");', "plugin-import-failed"],
    ["exits", "process.exit(3);", "step-exited"],
  ])("because its import %s in the attempt, harms no other phase", async (_what, breaks, error) => {
    // Its contract is read in a directory that is no staging directory.
    const code = `if (process.cwd().includes("attempt-")) { ${breaks} }\n${STEP}`;
    const project = withOwn(code, ["own", "a"]);
    // What the plan learned is kept, so that the run's workers import the module for the attempt only.
    expect(await project.orchestrate(["plan"])).toMatchObject({ status: 0 });
    const ended = await project.orchestrate(["run", "--json", "--keep-going"]);
    expect(ended.status).not.toBe(0);
    expect(resultOf(ended).failures).toMatchObject([{ id: "own", error: { error } }]);
    expect(project.executions()).toEqual(["a"]);
  });
});

const STEP = `import { defineStep, z } from "@orchestrate/sdk";
export default defineStep({ summary: "Do nothing.", config: z.strictObject({}), run: async () => {} });`;

/** A project with a plugin of its own whose one step's module is this code. */
function withOwn(code: string, used: readonly ("a" | "own")[]): Project {
  const phases = { a: { step: "rig/write", with: { name: "a" } }, own: { step: "own/step" } };
  const project = new Project(scratch, {
    plugins: ["orchestrate-plugin-rig", "orchestrate-plugin-own"],
    pipeline: { pipeline: "own", phases: Object.fromEntries(used.map((name) => [name, phases[name]])) },
  });
  const directory = project.path("node_modules/orchestrate-plugin-own");
  mkdirSync(directory);
  const orchestrate = { api: 1, steps: { "own/step": "./own.js" } };
  const manifest = { name: "orchestrate-plugin-own", version: "1.0.0", type: "module", orchestrate };
  writeFileSync(`${directory}/package.json`, JSON.stringify(manifest));
  writeFileSync(`${directory}/own.js`, code);
  return project;
}
