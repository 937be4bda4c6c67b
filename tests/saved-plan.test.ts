import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Project } from "./rig/project.ts";
import { errorOf, resultOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const pipeline = {
  pipeline: "planned",
  phases: {
    first: { step: "rig/write", with: { name: "first" }, inputs: { before: { path: "notes.txt" } } },
    second: { step: "rig/write", with: { name: "second" }, inputs: { before: "first.text" } },
  },
};

describe("a saved plan", () => {
  it("is what `run FILE` does, options included", async () => {
    const project = await planned(["--phases", "first", "--set", "first.with.text=planned"]);
    const ended = await project.orchestrate(["run", "plan.json", "--json"]);
    expect(ended).toMatchObject({ status: 0, stderr: "" });
    expect(resultOf(ended)).toMatchObject({ outcome: "succeeded" });
    expect(project.executions()).toEqual(["first"]);
  });

  const drifts: readonly (readonly [string, (project: Project) => unknown, RegExp])[] = [
    ["an input changed", (project) => project.write("notes.txt", "other\n"), /first \(its inputs or config\)/],
    ["the pipeline changed", (project) => project.pipeline({ ...pipeline, seed: 3 }), /: the pipeline/],
    [
      "the code of a step changed",
      (project) => project.rewrite("node_modules/orchestrate-plugin-rig/write.js", "note(", "/**/ note("),
      /the code of rig\/write/,
    ],
    [
      "what it was to run was run meanwhile",
      (project) => project.orchestrate(["run"]),
      /first \(was to run, now reuse\); second \(was to depend on others, now reuse\)/,
    ],
  ];

  it.each(drifts)("is refused where %s, which is named", async (_what, drift, named) => {
    const project = await planned();
    await drift(project);
    const before = project.executions();
    const ended = await project.orchestrate(["run", "plan.json", "--json"]);
    expect(ended).toMatchObject({ status: 4 });
    const { error, detail, hint } = errorOf(ended);
    expect(error).toBe("plan-drifted");
    expect(detail).toMatch(/^This is no longer as \S+plan\.json says: /);
    expect(detail).toMatch(named);
    expect(hint).toBe("Look at a new plan, and save that one with orchestrate plan --out.");
    expect(project.executions()).toEqual(before);
  });

  it("takes no other options", async () => {
    const project = await planned();
    const { status, stderr } = await project.orchestrate(["run", "plan.json", "--phases", "first"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: --phases can't be given with a saved plan, which says it already\./);
  });

  it("that is not there is told, and how phases are named", async () => {
    const ended = await (await planned()).orchestrate(["run", "first", "--json"]);
    expect(ended.status).toBe(2);
    expect(errorOf(ended)).toEqual({
      error: "plan-unreadable",
      detail: expect.stringMatching(/^There is no saved plan \S+\/first\.$/),
      hint: "Save one with orchestrate plan --out FILE; phases are named with --phases first.",
    });
  });

  it("takes the place of another one, and of nothing else", async () => {
    const project = await planned();
    expect(await project.orchestrate(["plan", "--out", "plan.json"])).toMatchObject({ status: 0 });
    const ended = await project.orchestrate(["plan", "--out", "notes.txt", "--json"]);
    expect(ended).toMatchObject({ status: 2, stdout: "" });
    expect(errorOf(ended).detail).toBe(`${project.path("notes.txt")} is there already, and is no saved plan.`);
    expect(readFileSync(project.path("notes.txt"), "utf8")).toBe("notes\n");
  });

  it("that is none is refused", async () => {
    const project = await planned();
    const { status, stderr } = await project.orchestrate(["run", "orchestrate.config.json"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: \S+orchestrate\.config\.json is not a saved plan: /);
    expect(stderr).toMatch(/code: {2}plan-unreadable/);
  });
});

async function planned(words: readonly string[] = []): Promise<Project> {
  const project = new Project(scratch, { plugin: "copied", pipeline, files: { "notes.txt": "notes\n" } });
  const { status, stdout } = await project.orchestrate(["plan", "--out", "plan.json", ...words]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/Saved: orchestrate run plan\.json/);
  expect(project.runs()).toEqual([]);
  return project;
}
