import { chmodSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { Gate } from "./rig/gate.ts";
import { Project } from "./rig/project.ts";
import { errorOf, manifestsOf, outcomeOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const before = { before: { previous: "keep.tree" } };
const writing = (write: string, extra: object = {}, others: object = {}) => ({
  pipeline: "carrying",
  ...extra,
  phases: { keep: { step: "rig/carry", with: { name: "keep", write, text: write }, inputs: before }, ...others },
});

/** A first run that wrote `a`, and another that wrote `b` beside it. */
async function begun(extra: object = {}): Promise<Project> {
  const project = new Project(scratch, { pipeline: writing("a", extra) });
  await run(project);
  project.pipeline(writing("b", extra));
  return project;
}

async function run(project: Project, env: Readonly<Record<string, string>> = {}) {
  expect(await project.orchestrate(["run"], { env })).toMatchObject({ status: 0, stderr: "" });
}

function tree(project: Project, at: number): string {
  return project.path("runs", project.runs()[at]!, "phases/keep/artifacts/tree");
}

describe("a file that a step carries over from the run before", () => {
  it("is the same file, and the artifact is what a copy would be", async () => {
    const project = await begun();
    await run(project);
    project.pipeline(writing("c"));
    await run(project);
    expect([0, 1, 2].map((at) => statSync(`${tree(project, at)}/a`).ino)).toEqual(
      Array(3).fill(statSync(`${tree(project, 0)}/a`).ino),
    );
    expect(statSync(`${tree(project, 2)}/b`).nlink).toBe(2);
    expect(statSync(`${tree(project, 2)}/c`).nlink).toBe(1);
    for (const id of project.runs())
      expect(await verifyRun(project.path("runs", id))).toMatchObject({ ok: true, problems: [] });
    const { size } = manifestsOf(project.path("runs", project.runs()[2]!)).keep!.outputs.tree!;
    expect(size).toBe(3 << 16);
  });

  it("is a copy where the pipeline wants copies, and comes to the same digest", async () => {
    const [linked, copied] = [await begun(), await begun({ reuse: "copy" })];
    for (const project of [linked, copied]) await run(project);
    expect(statSync(`${tree(copied, 1)}/a`).nlink).toBe(1);
    expect(manifestsOf(copied.path("runs", copied.runs()[1]!)).keep!.outputs).toEqual(
      manifestsOf(linked.path("runs", linked.runs()[1]!)).keep!.outputs,
    );
  });

  it.each([
    "attempt:carried:keep",
    "commit:outputs-digested:keep",
    "commit:artifacts-synced:keep",
    "commit:committed:keep",
  ])("survives an engine that is killed at %s", async (point) => {
    const [undisturbed, project] = [await begun(), await begun()];
    await run(undisturbed);
    const killed = await project.orchestrate(["run"], { env: { ORCHESTRATE_TEST_KILL_AT: point } });
    expect(killed.signal).toBe("SIGKILL");
    expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });
    const directory = project.path("runs", project.runs()[1]!);
    expect(outcomeOf(directory).digests).toEqual(outcomeOf(undisturbed.path("runs", undisturbed.runs()[1]!)).digests);
    for (const id of project.runs()) expect(await verifyRun(project.path("runs", id))).toMatchObject({ ok: true });
    project.pipeline(writing("c"));
    await run(project);
    expect(statSync(`${tree(project, 2)}/a`).ino).toBe(statSync(`${tree(project, 0)}/a`).ino);
  });

  it("is no change for another phase that reads it meanwhile", async () => {
    const project = await begun();
    const reads = { step: "rig/carry", with: { name: "slow", write: "x", text: "x", waits: true }, inputs: before };
    project.pipeline(writing("b", {}, { slow: reads }));
    await using gate = await Gate.open(project);
    const running = project.start(["run", "--json"]);
    const slow = await gate.arrival("slow");
    await running.said(/"type":"phase-committed".*"phase":"keep"/);
    slow.release();
    expect(await running.ended).toMatchObject({ status: 0, stderr: "" });
    expect(statSync(`${tree(project, 0)}/a`).nlink).toBe(3);
  });

  it("is not believed where it was changed while the step ran, its size and mtime as before", async () => {
    const project = await begun();
    const waits = { with: { name: "keep", write: "b", text: "b", waits: true } };
    project.pipeline(writing("b", {}, { keep: { step: "rig/carry", ...waits, inputs: before } }));
    await using gate = await Gate.open(project);
    const running = project.start(["run", "--json"]);
    const held = await gate.arrival("keep");
    const path = `${tree(project, 0)}/a`;
    const { atime, mtime } = statSync(path);
    chmodSync(path, 0o644);
    writeFileSync(path, readFileSync(path, "utf8").replace("a", "b"));
    utimesSync(path, atime, mtime);
    held.release();
    const ended = await running.ended;
    expect(ended.status).toBe(3);
    expect(errorOf(ended)).toMatchObject({ error: "input-changed" });
    expect(statSync(path).nlink).toBe(1);
  });
});

describe("a file that steps carry over from a phase of the same run", () => {
  it("is linked by one after the other, and a second run has nothing to do", async () => {
    const carrying = (write: string, rest: object = {}) => ({
      step: "rig/carry",
      with: { name: write, write, text: write },
      ...rest,
    });
    const inputs = { before: "keep.tree" };
    const phases = { keep: carrying("a"), b: carrying("b", { inputs }), c: carrying("c", { inputs, after: ["b"] }) };
    const project = new Project(scratch, { pipeline: { pipeline: "carrying", phases } });
    await run(project);
    expect(statSync(`${tree(project, 0)}/a`).nlink).toBe(3);
    expect(await verifyRun(project.onlyRun())).toMatchObject({ ok: true, problems: [] });
    expect((await project.orchestrate(["run"])).stdout).toMatch(/Nothing to do/);
  });
});

describe("a file that a step carries over from outside of the runs", () => {
  it("is copied, since whoever wrote it may write it again", async () => {
    const files = { "tree/a": "a".repeat(1 << 16) };
    const keep = {
      step: "rig/carry",
      with: { name: "keep", write: "b", text: "b" },
      inputs: { before: { path: "tree" } },
    };
    const project = new Project(scratch, { pipeline: writing("b", {}, { keep }), files });
    chmodSync(project.path("tree/a"), 0o444);
    await run(project);
    expect(statSync(`${tree(project, 0)}/a`).nlink).toBe(1);
    expect(await verifyRun(project.onlyRun())).toMatchObject({ ok: true });
  });
});
