import { existsSync, renameSync } from "node:fs";
import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { Gate } from "./rig/gate.ts";
import { died } from "./rig/is-alive.ts";
import { Project } from "./rig/project.ts";
import { errorOf, eventsOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const holding = (heeds: "abort" | "nothing") => ({
  pipeline: "holding",
  phases: {
    first: { step: "rig/write", with: { name: "first" } },
    held: { step: "rig/hold", with: { name: "held", heeds }, inputs: { before: "first.text" } },
    last: { step: "rig/write", with: { name: "last" }, inputs: { before: "held.text" } },
  },
});

describe("a run that an engine drives", () => {
  it("is refused to a second one", async () => {
    const project = new Project(scratch, { pipeline: holding("abort") });
    await using gate = await Gate.open(project);
    const engine = project.start(["run"]);
    const held = await gate.arrival("held");

    const second = await project.orchestrate(["resume", "--json"]);
    expect(second).toMatchObject({ status: 4 });
    expect(errorOf(second)).toEqual({
      error: "locked",
      detail: expect.stringMatching(/^The run \S+ is being driven by another engine \(\S+run\.lock is locked\)\.$/),
      hint: "Wait for it to end, or stop it.",
    });
    const inWords = await project.orchestrate(["resume"]);
    expect(inWords.stderr).toMatch(/^error: The run \S+ is being driven by another engine .*\nhint: {2}Wait for it/);

    held.release();
    expect(await engine.ended).toMatchObject({ status: 0, stderr: "" });
    expect(project.executions()).toEqual(["first", "held", "last"]);
  });

  it("keeps what it computed, though its run.json can't be seen for a while", async () => {
    const project = new Project(scratch, { pipeline: holding("abort") });
    await using gate = await Gate.open(project);
    const engine = project.start(["run"]);
    const held = await gate.arrival("held");
    const [run] = project.runs();
    const document = project.path("runs", run!, "run.json");
    renameSync(document, `${document}.elsewhere`);
    held.release();
    await engine.ended;
    renameSync(`${document}.elsewhere`, document);
    expect(existsSync(project.path("runs", run!, "phases/first/manifest.json"))).toBe(true);
    expect(existsSync(project.path("runs", run!, "phases/last/manifest.json"))).toBe(true);
  });

  it("is free again the moment its engine is killed", async () => {
    const project = new Project(scratch, { pipeline: holding("abort") });
    {
      await using gate = await Gate.open(project);
      const engine = project.start(["run"]);
      await gate.arrival("held");
      engine.kill("SIGKILL");
      await engine.ended;
    }
    expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("Ctrl-C", () => {
  it("once stops the run cleanly, and it can be resumed", async () => {
    const project = new Project(scratch, { pipeline: holding("abort") });
    {
      await using gate = await Gate.open(project);
      const engine = project.start(["run"]);
      const { pid } = await gate.arrival("held");
      engine.kill("SIGINT");
      const ended = await engine.ended;
      expect(ended).toMatchObject({ status: 130 });
      expect(ended.stdout + ended.stderr).toMatch(/Stopping: running steps are told to end; what is committed stays\./);
      expect(ended.stderr).toMatch(
        /error: The run \S+ was interrupted; what it committed stays\.\nhint: {2}Go on with orchestrate resume \S+\./,
      );
      await died(pid);
    }
    const [finished] = eventsOf(project.onlyRun()).slice(-1);
    expect(finished).toMatchObject({ type: "run-finished", outcome: "interrupted", run_hash: null });
    expect(await verifyRun(project.onlyRun())).toMatchObject({ problems: [] });

    expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });
    expect(project.executions()).toEqual(["first", "held", "held", "last"]);
  });

  it("twice stops it at once, whatever the step does", async () => {
    const project = new Project(scratch, { pipeline: holding("nothing") });
    {
      await using gate = await Gate.open(project);
      const engine = project.start(["run"]);
      const { pid } = await gate.arrival("held");
      engine.kill("SIGINT");
      await engine.said(/Stopping:/);
      engine.kill("SIGINT");
      expect(await engine.ended).toMatchObject({ status: 130, signal: null });
      await died(pid);
    }
    expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });
    expect(project.executions()).toEqual(["first", "held", "held", "last"]);
  });

  it("says with --json that the run was interrupted", async () => {
    const project = new Project(scratch, { pipeline: holding("abort") });
    await using gate = await Gate.open(project);
    const engine = project.start(["run", "--json"]);
    await gate.arrival("held");
    engine.kill("SIGINT");
    const ended = await engine.ended;
    expect(ended).toMatchObject({ status: 130 });
    expect(ended.stdout).toMatch(/"outcome":"interrupted"/);
    expect(errorOf(ended)).toMatchObject({
      error: "interrupted",
      hint: expect.stringMatching(/orchestrate resume \S+/),
    });
  });
});
