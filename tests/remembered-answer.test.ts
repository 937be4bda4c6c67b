import {
  chmodSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeAll, describe, expect, it } from "vitest";
import { Project } from "./rig/project.ts";
import { resultOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const env = { SHOWN: "a", HIDDEN: "b" };
const pipeline = {
  pipeline: "kept",
  phases: {
    first: { step: "rig/write", with: { name: "first" }, inputs: { before: { path: "notes.txt" } }, env: ["SHOWN"] },
    second: { step: "rig/write", with: { name: "second" }, inputs: { before: "first.text" }, secrets: ["HIDDEN"] },
    told: {
      step: "command/run",
      with: { argv: ["sh", "tell.sh", "later.sh", "${outputs.said}"] },
      outputs: { said: "said.txt" },
    },
  },
};
const files = {
  "notes.txt": "notes\n",
  "tell.sh": 'echo told > "$2"\n',
  "profiles/mine.yaml": "profile: mine\ndescription: as it is\nworkload: a test\n",
};

describe("an answer that is remembered", () => {
  let project: Project;

  beforeAll(async () => {
    project = await remembering();
  });

  it("is told without planning, as it was", async () => {
    const planned = await project.orchestrate(["run", "--profile", "mine"], { env });
    const remembered = await project.orchestrate(["run", "--profile", "mine"], { env });
    expect(remembered).toMatchObject({ status: 0, stderr: "" });
    expect(remembered.stdout).toBe(planned.stdout);
    const told = resultOf(await project.orchestrate(["run", "--json"], { env }));
    edit(project, "UPDATE held SET basis = replace(basis, ?, ?)", told.run_hash!, "sha256:told");
    const again = resultOf(await project.orchestrate(["run", "--json"], { env }));
    expect(again).toEqual({ ...told, run_hash: "sha256:told" });
  });

  it.each([["--no-cache"], ["--force", "told"], ["--from", "told"], ["--new-run"]])(
    "is not asked for with %s",
    async (...words) => {
      const { outcome } = resultOf(await project.orchestrate(["run", "--json", ...words], { env }));
      expect(outcome).toBe("succeeded");
    },
  );

  it("is another one for other phases and other overrides", async () => {
    const run = async (...words: readonly string[]) =>
      resultOf(await project.orchestrate(["run", "--json", ...words], { env }));
    expect((await run("--phases", "first")).results).toMatchObject([{ phase: "first" }]);
    expect((await run("--set", "second.with.text=other")).outcome).toBe("succeeded");
  });
});

describe("an answer that is remembered no longer holds", () => {
  const changes: readonly (readonly [string, (project: Project) => void])[] = [
    ["a source has other bytes, its size and times as before", (project) => rewriteQuietly(project.path("notes.txt"))],
    ["an artifact was truncated", (project) => truncate(artifact(project))],
    ["an artifact has other bytes", (project) => rewriteQuietly(artifact(project))],
    ["an artifact is gone", (project) => rmSync(artifact(project))],
    ["a manifest is gone", (project) => rmSync(join(artifact(project), "../../manifest.json"))],
    ["a run is gone", (project) => rmSync(project.onlyRun(), { recursive: true })],
    ["a step's code changed", (project) => project.rewrite(`${PLUGIN}/decorate.js`, "export", "/* */ export")],
    ["the pipeline's text changed", (project) => project.rewrite(CONFIG, '"first.text"', '{ "path": "notes.txt" }')],
    ["a program that a config names changed", (project) => project.rewrite("tell.sh", "told", "TOLD")],
    ["a file appeared that a config names", (project) => project.write("later.sh", "exit\n")],
  ];

  it.each(changes)("because %s", async (_what, change) => {
    const project = await remembering();
    change(project);
    expect(resultOf(await project.orchestrate(["run", "--json"], { env })).outcome).toBe("succeeded");
  });

  it("because a variable has another value, or PATH leads to another program", async () => {
    const project = await remembering();
    const shown = await project.orchestrate(["run", "--json"], { env: { ...env, SHOWN: "c" } });
    expect(resultOf(shown).outcome).toBe("succeeded");
    project.write("bin/sh", "");
    rmSync(project.path("bin/sh"));
    symlinkSync("/bin/true", project.path("bin/sh"));
    const PATH = `${project.path("bin")}:${process.env.PATH}`;
    const other = await project.orchestrate(["plan"], { env: { ...env, PATH } });
    expect(other.stdout).toMatch(/run +told/);
    expect((await project.orchestrate(["run"], { env: { ...env, PATH } })).status).toBe(1);
  });

  it("because a secret is not set", async () => {
    const project = await remembering();
    const { status, stderr } = await project.orchestrate(["run"], { env: { SHOWN: "a", HIDDEN: undefined } });
    expect(status).toBe(2);
    expect(stderr).toContain("the environment variable HIDDEN is not set");
  });

  it("because a plugin was switched off", async () => {
    const project = await remembering();
    project.write("plugins.json", '{ "plugins": ["@orchestrate/steps-command"] }');
    const { status, stderr } = await project.orchestrate(["run"], { env });
    expect(status).toBe(2);
    expect(stderr).toContain('no plugin contributes a step "rig/write"');
  });
});

describe("nothing is remembered", () => {
  it.each([
    ["is published", { publish: { to: "out", output: "text" } }, {}],
    ["is to be verified", {}, { verify: "digest" }],
  ])("where something %s", async (_what, phase, options) => {
    const { first } = pipeline.phases;
    const project = new Project(scratch, {
      pipeline: { pipeline: "kept", ...options, phases: { first: { ...first, ...phase } } },
      files,
    });
    for (let count = 0; count < 2; count++) await project.orchestrate(["run"], { env });
    expect(edit(project, "SELECT request FROM held")).toEqual([]);
  });

  it("of the value of a secret", async () => {
    const project = await remembering({ HIDDEN: "a value that must not be kept" });
    expect(edit(project, "SELECT basis FROM held")).toHaveLength(1);
    expect(readFileSync(project.path("runs/.index.sqlite")).includes("a value that must not be kept")).toBe(false);
  });
});

const PLUGIN = "node_modules/orchestrate-plugin-rig";
const CONFIG = "orchestrate.config.json";

/** A project in which the answer to `run` is remembered. */
async function remembering(more: object = {}): Promise<Project> {
  const plugins = ["orchestrate-plugin-rig", "@orchestrate/steps-command"];
  const project = new Project(scratch, { pipeline, files, plugins, plugin: "copied" });
  for (const outcome of ["succeeded", "nothing-to-do"])
    expect(resultOf(await project.orchestrate(["run", "--json"], { env: { ...env, ...more } }))).toMatchObject({
      outcome,
    });
  expect(edit(project, "SELECT request FROM held")).toHaveLength(1);
  return project;
}

function edit(project: Project, sql: string, ...values: readonly string[]): readonly unknown[] {
  const database = new DatabaseSync(project.path("runs/.index.sqlite"));
  try {
    return database.prepare(sql).all(...values);
  } finally {
    database.close();
  }
}

function artifact(project: Project): string {
  return join(project.onlyRun(), "phases/first/artifacts/text.txt");
}

function truncate(path: string): void {
  chmodSync(path, 0o644);
  truncateSync(path, 3);
}

/** Other bytes, with the size and the times put back. */
function rewriteQuietly(path: string): void {
  chmodSync(path, 0o644);
  const { atime, mtime } = statSync(path);
  writeFileSync(path, readFileSync(path, "utf8").toUpperCase());
  utimesSync(path, atime, mtime);
}
