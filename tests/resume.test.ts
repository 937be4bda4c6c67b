import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { Project } from "./rig/project.ts";
import { errorOf, eventsOf, manifestsOf, outcomeOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const pipeline = {
  pipeline: "resumed",
  concurrency: 1,
  phases: {
    first: { step: "rig/write", with: { name: "first" }, inputs: { before: { path: "notes.txt" } } },
    second: { step: "rig/seeded", after: ["first"] },
    third: { step: "rig/write", with: { name: "third" }, inputs: { before: "first.text" }, after: ["second"] },
  },
};

describe("resume", () => {
  it("takes the pipeline from run.json, whatever its file says now", async () => {
    const project = await killedAfter("first");
    project.write("orchestrate.config.json", "this is no pipeline");
    const ended = await project.orchestrate(["resume", "--runs-dir", "runs"]);
    expect(ended).toMatchObject({ status: 0, stderr: "" });
    expect(project.executions()).toEqual(["first", "seeded", "third"]);
  });

  it("refuses where an input of a committed phase changed, and names both", async () => {
    const project = await killedAfter("first");
    project.write("notes.txt", "other notes\n");
    const ended = await project.orchestrate(["resume", "--json"]);
    expect(ended).toMatchObject({ status: 4 });
    expect(errorOf(ended)).toEqual({
      error: "run-drifted",
      detail: "What these committed phases were made of has changed since: first (inputs.before).",
      hint: "Start a new run with orchestrate run, which reuses what still fits.",
    });
    expect(project.executions()).toEqual(["first"]);
  });

  it("names instances that changed alike once, with how many they are", async () => {
    const each = {
      step: "command/run",
      each: [1, 2, 3],
      key: "${item}",
      with: { shell: 'cat "$FILE_words" > "$OUTPUT_out"; test "$ITEM" != 3', files: { words: "words.txt" } },
      outputs: { out: "out.txt" },
    };
    const project = new Project(scratch, {
      plugins: ["@orchestrate/steps-command"],
      pipeline: { pipeline: "alike", concurrency: 1, phases: { each } },
      files: { "words.txt": "a\n" },
    });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 1 });
    project.write("words.txt", "b\n");
    const ended = await project.orchestrate(["resume", "--json"]);
    expect(ended).toMatchObject({ status: 4 });
    expect(errorOf(ended).detail).toMatch(/: each\[1\] and 1 more of its phase \(files\.words\.txt\)\.$/);
  });

  it("refuses where the code of a committed phase changed", async () => {
    const project = await killedAfter("first");
    project.rewrite("node_modules/orchestrate-plugin-rig/write.js", "note(", "/* new */ note(");
    const ended = await project.orchestrate(["resume", "--json"]);
    expect(ended).toMatchObject({ status: 4 });
    expect(errorOf(ended).detail).toMatch(/: first \(code\)\.$/);
  });

  it("uses the changed code of a phase that is not committed, and records it", async () => {
    const project = await killedAfter("first");
    project.rewrite("node_modules/orchestrate-plugin-rig/seeded.js", 'note("seeded")', 'note("seeded anew")');
    expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });
    expect(project.executions()).toEqual(["first", "seeded anew", "third"]);
    const { second } = manifestsOf(project.onlyRun());
    const { steps } = JSON.parse(readFileSync(join(project.onlyRun(), "run.json"), "utf8"));
    expect(second!.step.code).not.toBe(steps["rig/seeded"].code);
    expect(await verifyRun(project.onlyRun())).toMatchObject({ ok: true });
  });

  it("goes on after a journal whose last line was cut short", async () => {
    const project = await killedAfter("first");
    appendFileSync(join(project.onlyRun(), "events.ndjson"), '{"v":1,"time":"2026-');
    expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });
    expect(eventsOf(project.onlyRun()).at(-1)).toMatchObject({ type: "run-finished", outcome: "succeeded" });
    expect(await project.orchestrate(["show"])).toMatchObject({ status: 0, stderr: "" });
  });

  it("does nothing to a run that is complete", async () => {
    const project = await killedAfter("first");
    expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0 });
    const before = outcomeOf(project.onlyRun());
    expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });
    expect(outcomeOf(project.onlyRun())).toEqual(before);
    expect(project.executions()).toEqual(["first", "seeded", "third"]);
  });

  it("finds the newest run where none is named, and a named one by the end of its name", async () => {
    const project = await killedAfter("first");
    const [older] = project.runs();
    const killed = await project.orchestrate(["run", "--seed", "5"], {
      env: { ORCHESTRATE_TEST_KILL_AT: "journal:attempt-started:second" },
    });
    expect(killed.signal).toBe("SIGKILL");
    expect(await project.orchestrate(["resume", "--json"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(project.runs()[1]!),
    });
    const named = await project.orchestrate(["resume", older!.slice(-4), "--json"]);
    expect(named).toMatchObject({ status: 0, stdout: expect.stringContaining(older!) });
  });
});

/** A run whose engine was killed as soon as a phase was committed. */
async function killedAfter(phase: string): Promise<Project> {
  const project = new Project(scratch, { plugin: "copied", pipeline, files: { "notes.txt": "notes\n" } });
  const env = { ORCHESTRATE_TEST_KILL_AT: `journal:phase-committed:${phase}` };
  expect((await project.orchestrate(["run"], { env })).signal).toBe("SIGKILL");
  return project;
}
