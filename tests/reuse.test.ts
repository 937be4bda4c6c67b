import {
  chmodSync,
  copyFileSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { Project } from "./rig/project.ts";
import { manifestsOf, outcomeOf, resultOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const chain = (extra: object = {}) => ({
  pipeline: "chain",
  ...extra,
  phases: {
    first: { step: "rig/write", with: { name: "first" }, inputs: { before: { path: "notes.txt" } } },
    second: { step: "rig/write", with: { name: "second" }, inputs: { before: "first.text" } },
  },
});
const files = { "notes.txt": "notes\n" };

describe("a second run of the same pipeline", () => {
  it("has nothing to do, says so and makes no directory", async () => {
    const project = await runOnce();
    const before = project.runs();
    const again = await project.orchestrate(["run"]);
    expect(again).toMatchObject({ status: 0, stderr: "" });
    expect(again.stdout).toMatch(/Nothing to do: every result is in runs\/\S+ already\./);
    expect(again.stdout).toMatch(/second\.text +runs\/\S+\/phases\/second\/artifacts\/text\.txt/);
    expect(project.runs()).toEqual(before);
    const asJson = resultOf(await project.orchestrate(["run", "--json"]));
    expect(asJson).toMatchObject({ outcome: "nothing-to-do", run: before[0] });
    expect(project.executions()).toEqual(["first", "second"]);
  });

  it("has nothing to do where two of its phases are equal", async () => {
    const same = { step: "rig/write", with: { name: "same" } };
    const project = new Project(scratch, { pipeline: { pipeline: "twins", phases: { a: same, b: same } } });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    const before = project.runs();
    for (let time = 0; time < 2; time++)
      expect((await project.orchestrate(["run"])).stdout).toMatch(/^Nothing to do: /m);
    expect(project.runs()).toEqual(before);
    expect(project.executions()).toEqual(["same"]);
  });

  it("has nothing to do where an earlier run than the newest holds it, and does once that was changed", async () => {
    const project = await runOnce();
    const [first] = project.runs();
    const other = ["--set", "second.with.text=other"];
    expect(await project.orchestrate(["run", ...other])).toMatchObject({ status: 0 });
    for (let time = 0; time < 2; time++)
      expect(resultOf(await project.orchestrate(["run", "--json"]))).toMatchObject({
        outcome: "nothing-to-do",
        run: first,
        results: [{ phase: "second", path: expect.stringContaining(`/${first}/phases/second/artifacts/text.txt`) }],
      });
    expect(project.runs()).toHaveLength(2);
    rmSync(project.path("runs", first!, "phases/first/artifacts/text.txt"), { force: true });
    expect(resultOf(await project.orchestrate(["run", "--json"]))).toMatchObject({ outcome: "succeeded" });
    expect(project.runs()).toHaveLength(3);
  });

  it("is materialised with --new-run, by hard links, to the same results", async () => {
    const project = await runOnce();
    const made = await newRun(project);
    const [first, second] = project.runs().map((run) => project.path("runs", run));
    expect(made).toMatchObject({ outcome: "succeeded", directory: second });
    expect(inodeOf(first!, "first")).toBe(inodeOf(second!, "first"));
    expect(outcomeOf(second!)).toEqual(outcomeOf(first!));
    const { reused } = manifestsOf(second!).second!;
    expect(reused).toMatchObject({ run: project.runs()[0], phase: "second", key: null });
    for (const run of [first!, second!]) expect(await verifyRun(run)).toMatchObject({ ok: true });
    expect(project.executions()).toEqual(["first", "second"]);
  });

  it("is materialised by copies where the pipeline says so", async () => {
    const project = await runOnce({ reuse: "copy" });
    await newRun(project);
    const [first, second] = project.runs().map((run) => project.path("runs", run));
    expect(inodeOf(first!, "first")).not.toBe(inodeOf(second!, "first"));
    expect(outcomeOf(second!)).toEqual(outcomeOf(first!));
    expect(await verifyRun(second!)).toMatchObject({ ok: true });
  });

  it("reuses what an unfinished run committed", async () => {
    const project = new Project(scratch, { pipeline: chain(), files });
    const killed = await project.orchestrate(["run"], {
      env: { ORCHESTRATE_TEST_KILL_AT: "journal:attempt-started:second" },
    });
    expect(killed.signal).toBe("SIGKILL");
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    expect(project.executions()).toEqual(["first", "second"]);
    expect(project.runs()).toHaveLength(2);
  });

  it("still reuses where the index is gone or broken", async () => {
    const project = await runOnce();
    for (const text of [undefined, "this is no database"]) {
      rmSync(project.path("runs/.index.sqlite"));
      if (text !== undefined) project.write("runs/.index.sqlite", text);
      const again = await project.orchestrate(["run"]);
      expect(again.stdout).toMatch(/Nothing to do/);
    }
    expect(project.executions()).toEqual(["first", "second"]);
  });
});

describe("a source", () => {
  it("whose mtime alone changed is as it was", async () => {
    const project = await runOnce();
    utimesSync(project.path("notes.txt"), 1, 1);
    expect((await project.orchestrate(["run"])).stdout).toMatch(/Nothing to do/);
  });

  it("whose content changed is noticed, though size and mtime are as before", async () => {
    const project = await runOnce();
    const path = project.path("notes.txt");
    const { atime, mtime } = statSync(path);
    writeFileSync(path, "NOTES\n");
    utimesSync(path, atime, mtime);
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    expect(project.executions()).toEqual(["first", "second", "first", "second"]);
  });

  it("that was replaced by an equal one is as it was", async () => {
    const project = await runOnce();
    copyFileSync(project.path("notes.txt"), project.path("other.txt"));
    renameSync(project.path("other.txt"), project.path("notes.txt"));
    expect((await project.orchestrate(["run"])).stdout).toMatch(/Nothing to do/);
  });
});

describe("an artifact that is no longer what its manifest says", () => {
  const damages: readonly (readonly [string, (path: string) => void])[] = [
    ["truncated", (path) => truncateSync(path, 3)],
    ["gone", (path) => rmSync(path)],
    [
      "changed, with size and mtime as before",
      (path) => {
        const { atime, mtime } = statSync(path);
        writeFileSync(path, "NOTES\nTEXT\n");
        utimesSync(path, atime, mtime);
      },
    ],
  ];

  it.each(damages)("because it is %s is made again", async (_what, damage) => {
    const project = await runOnce();
    const [run] = project.runs();
    const path = artifact(project.path("runs", run!), "first");
    chmodSync(path, 0o644);
    damage(path);

    const again = await project.orchestrate(["run", "--json"]);
    expect(again).toMatchObject({ status: 0, stderr: "" });

    // What came of it is the same as before, so that what hangs on it is reused.
    expect(project.executions()).toEqual(["first", "second", "first"]);
    const { directory } = resultOf(again);
    expect(readFileSync(artifact(directory, "first"), "utf8")).toBe("notes\ntext\n");
    expect(await verifyRun(directory)).toMatchObject({ ok: true });
    expect(await verifyRun(project.path("runs", run!))).toMatchObject({ ok: false });
  });

  it("stops a resume, which names it", async () => {
    const project = new Project(scratch, { pipeline: chain(), files });
    const at = { env: { ORCHESTRATE_TEST_KILL_AT: "journal:attempt-started:second" } };
    expect((await project.orchestrate(["run"], at)).signal).toBe("SIGKILL");
    const path = artifact(project.onlyRun(), "first");
    chmodSync(path, 0o644);
    writeFileSync(path, "tampered\n");
    const { status, stderr } = await project.orchestrate(["resume"]);
    expect(status).toBe(3);
    expect(stderr).toMatch(
      /^error: \S+text\.txt is not what its manifest says: expected sha256:\S+, found sha256:\S+\.\n/,
    );
    expect(stderr).toMatch(/hint: {2}It was changed after it was committed\..*\ncode: {2}artifact-differs/);
  });
});

describe("the deletion of a run", () => {
  it("leaves another one whole that reuses its artifacts", async () => {
    const project = await runOnce();
    const { directory } = await newRun(project);
    rmSync(project.path("runs", project.runs()[0]!), { recursive: true });
    expect(await verifyRun(directory)).toMatchObject({ ok: true, problems: [] });
    expect((await project.orchestrate(["run"])).stdout).toMatch(/Nothing to do/);
    expect(project.executions()).toEqual(["first", "second"]);
  });
});

async function runOnce(extra: object = {}): Promise<Project> {
  const project = new Project(scratch, { pipeline: chain(extra), files });
  expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
  return project;
}

async function newRun(project: Project) {
  const ended = await project.orchestrate(["run", "--new-run", "--json"]);
  expect(ended).toMatchObject({ status: 0, stderr: "" });
  return resultOf(ended);
}

function artifact(runDirectory: string, phase: string): string {
  return join(runDirectory, "phases", phase, "artifacts/text.txt");
}

function inodeOf(runDirectory: string, phase: string): number {
  return statSync(artifact(runDirectory, phase)).ino;
}
