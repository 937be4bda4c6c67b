import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Gate } from "./rig/gate.ts";
import { Project } from "./rig/project.ts";
import { errorOf, manifestsOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();

/** A phase that is held, and one after it that runs a script of the project. */
const pipeline = {
  pipeline: "scripted",
  phases: {
    held: { step: "rig/hold", with: { name: "held" } },
    scripted: {
      step: "command/run",
      after: ["held"],
      with: { argv: ["sh", "say.sh", "${outputs.said}"] },
      code: ["words.txt"],
      outputs: { said: "said.txt" },
    },
  },
};
const files = { "say.sh": 'echo first > "$1"\n', "words.txt": "words\n" };
const plugins = ["orchestrate-plugin-rig", "@orchestrate/steps-command"];

describe("what a phase runs of the project", () => {
  it.each([
    ["a script that argv names", "say.sh", 'echo second > "$1"\n'],
    ["a file under `code`", "words.txt", "other words\n"],
  ])("%s that changes while the run goes on is not taken for what it was", async (_, file, text) => {
    const project = new Project(scratch, { plugins, files, pipeline });
    await using gate = await Gate.open(project);
    const run = project.start(["run", "--json"]);
    const held = await gate.arrival("held");
    project.write(file, text);
    held.release();
    const ended = await run.ended;
    expect(ended.status).toBe(3);
    expect(errorOf(ended)).toEqual({
      error: "code-changed",
      detail: `scripted: ${project.path(file)}, which counts as code of this phase, was changed after the run had looked at it.`,
      hint: "Nothing was committed. Go on with orchestrate resume, which takes it as it is then.",
    });

    expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });
    const said = readFileSync(join(project.onlyRun(), "phases/scripted/artifacts/said.txt"), "utf8");
    expect(said).toBe(file === "say.sh" ? "second\n" : "first\n");
    const before = manifestsOf(project.onlyRun()).scripted!.fingerprint;
    project.write(file, files[file as keyof typeof files]);
    expect((await project.orchestrate(["run"])).stdout).toMatch(/^✓ scripted/m);
    const after = manifestsOf(join(project.path("runs"), project.runs().at(-1)!)).scripted!.fingerprint;
    expect(after.digest).not.toBe(before.digest);
  });

  it("a script that is written again as it was is no other one", async () => {
    const project = new Project(scratch, { plugins, files, pipeline });
    await using gate = await Gate.open(project);
    const run = project.start(["run"]);
    const held = await gate.arrival("held");
    project.write("say.sh", files["say.sh"]);
    held.release();
    expect(await run.ended).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("a plugin", () => {
  /** The worker that runs `written` has not imported it when the plugin changes: what was asked about it is kept. */
  async function holding(pipeline: object) {
    const project = new Project(scratch, { plugin: "copied", pipeline });
    expect(await project.orchestrate(["plan"])).toMatchObject({ status: 0, stderr: "" });
    const gate = await Gate.open(project);
    const run = project.start(["run", "--json"]);
    return { project, gate, run, held: await gate.arrival("held") };
  }
  const plugin = (file: string) => `node_modules/orchestrate-plugin-rig/${file}`;
  const wiring = { held: { step: "rig/hold", with: { name: "held" } } };
  const writing = (step: string) => ({
    pipeline: "written",
    phases: { ...wiring, written: { step, after: ["held"], with: { name: "written" } } },
  });

  it.each([
    ["a module that its step imports", "decorate.js", "${text}\\n", "${text}!\\n"],
    ["the step itself", "write.js", "toUpperCase()", "toLowerCase()"],
  ])("of which %s is built anew while the run goes on is not taken for what it was", async (_, file, from, to) => {
    const { project, gate, run, held } = await holding(writing("rig/write"));
    await using _gate = gate;
    project.rewrite(plugin(file), from, to);
    held.release();
    const ended = await run.ended;
    expect(ended.status).toBe(3);
    expect(errorOf(ended)).toEqual({
      error: "code-changed",
      detail: "written: The code of rig/write (orchestrate-plugin-rig) was changed after the run had looked at it.",
      hint: "Nothing was committed. Go on with orchestrate resume, which takes it as it is then.",
    });
    expect(Object.keys(manifestsOf(project.onlyRun()))).toEqual(["held"]);

    expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });
    const { written } = manifestsOf(project.onlyRun());
    project.rewrite(plugin(file), to, from);
    await project.orchestrate(["run"]);
    const after = manifestsOf(join(project.path("runs"), project.runs().at(-1)!)).written!;
    expect(after.step.code).not.toBe(written!.step.code);
  });

  it("that is built anew while its step runs costs nothing of what that does: it ends as what it was", async () => {
    const { project, gate, run, held } = await holding({ pipeline: "held", phases: wiring });
    await using _gate = gate;
    project.rewrite(plugin("outside.js"), "export", " export");
    held.release();
    expect(await run.ended).toMatchObject({ status: 0, stderr: "" });
    expect((await project.orchestrate(["plan"])).stdout).toMatch(/run +held/);
  });

  it("that is built anew as it was, or in what the phase makes no use of, is no other one", async () => {
    const { project, gate, run, held } = await holding(writing("rig/write"));
    await using _gate = gate;
    project.rewrite(plugin("write.js"), "toUpperCase", "toUpperCase");
    project.rewrite(plugin("seeded.js"), "export", " export");
    held.release();
    expect(await run.ended).toMatchObject({ status: 0, stderr: "" });
  });
});
