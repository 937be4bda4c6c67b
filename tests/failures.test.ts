import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { Gate } from "./rig/gate.ts";
import { Project } from "./rig/project.ts";
import { errorOf, eventsOf, manifestsOf, resultOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();

interface Case {
  readonly how: string;
  /** Beside the step and its config. */
  readonly phase?: object;
  readonly error: string;
  readonly detail: RegExp;
  readonly hint: RegExp;
}

const cases: readonly Case[] = [
  {
    how: "throws",
    error: "step-threw",
    detail: /^bad: rig\/misbehave threw Error: the flux is inverted$/,
    hint: /^The stack is in the phase's log\.$/,
  },
  {
    how: "throws with words",
    error: "flux-inverted",
    detail: /^bad: The flux of a\.csv is inverted\.$/,
    hint: /^Turn it round\.$/,
  },
  {
    how: "throws a string",
    error: "step-threw",
    detail: /^bad: rig\/misbehave threw just text$/,
    hint: /^Let it throw an Error, whose stack is logged\.$/,
  },
  {
    how: "exits",
    error: "step-exited",
    detail: /^bad: rig\/misbehave ended its process with status 7\.$/,
    hint: /must return or throw, and never call process\.exit/,
  },
  {
    how: "exits well",
    error: "step-exited",
    detail: /^bad: rig\/misbehave ended its process with status 0\.$/,
    hint: /never call process\.exit/,
  },
  {
    how: "rejects unhandled",
    error: "step-crashed",
    detail: /^bad: rig\/misbehave threw Error: nobody looks \(nobody caught it\)$/,
    hint: /log/,
  },
  {
    how: "throws in a timer",
    error: "step-crashed",
    detail: /^bad: rig\/misbehave threw Error: out of the blue \(nobody caught it\)$/,
    hint: /log/,
  },
  {
    how: "is killed",
    error: "worker-killed",
    detail: /^bad: rig\/misbehave's process was killed by SIGKILL\.$/,
    hint: /memory killer.*hold less, or run fewer phases at once/,
  },
  {
    how: "heeds the abort",
    phase: { timeout: "50ms" },
    error: "attempt-timeout",
    detail: /^bad: rig\/misbehave was still running after 0\.05 s\.$/,
    hint: /^Raise the phase's `timeout`, or make the step faster\.$/,
  },
  {
    how: "hangs",
    phase: { timeout: "50ms" },
    error: "attempt-timeout",
    detail: /^bad: rig\/misbehave was still running after 0\.05 s\.$/,
    hint: /`timeout`/,
  },
  {
    how: "spins",
    phase: { timeout: "50ms" },
    error: "attempt-timeout",
    detail: /^bad: rig\/misbehave was still running after 0\.05 s\.$/,
    hint: /`timeout`/,
  },
  {
    how: "fills the heap",
    phase: { resources: { memory: 48 } },
    error: "out-of-memory",
    detail: /^bad: rig\/misbehave ran out of memory\.$/,
    hint: /^Raise `resources\.memory` of the phase, in MiB, or let the step hold less at once\.$/,
  },
  {
    how: "fills buffers",
    phase: { resources: { memory: 100 } },
    error: "memory-exceeded",
    detail: /^bad: rig\/misbehave held \d+ MiB; the phase asks for 100\.$/,
    hint: /^Raise `resources\.memory` of the phase\.$/,
  },
  {
    how: "writes nothing",
    error: "output-missing",
    detail: /^bad: The step ended without its output "text": there is no text\.txt in \S+attempt-1\.$/,
    hint: /^Let the step write text\.txt in its working directory, or declare the output optional\.$/,
  },
  {
    how: "writes a directory",
    error: "output-form",
    detail: /^bad: The output "text" is declared as a file, but \S+text\.txt is a directory\.$/,
    hint: /^Let the step write a file there, or correct the declaration\.$/,
  },
  {
    how: "writes a link",
    error: "output-form",
    detail: /^bad: The output "text" is declared as a file, but \S+text\.txt is a symbolic link\.$/,
    hint: /^Let the step write a file there/,
  },
  {
    how: "removes its directory",
    error: "staging-missing",
    detail: /^bad: The staging directory \S+attempt-1 is not there any more\.$/,
    hint: /must only write inside/,
  },
  {
    how: "counts to NaN",
    error: "metric-not-finite",
    detail: /^bad: The metric "loss" is NaN, which a manifest can't hold\.$/,
    hint: /finite numbers only/,
  },
];

describe.concurrent("a step that", () => {
  it.each(cases)("$how", async ({ how, phase, error, detail, hint }) => {
    const project = new Project(scratch, { pipeline: failing(how, phase) });
    await using _gate = await Gate.open(project);

    const ended = await project.orchestrate(["run", "--json", "--keep-going"]);

    expect(errorOf(ended)).toMatchObject({ error, detail: expect.stringMatching(detail) });
    expect(errorOf(ended).hint).toMatch(hint);
    expect(ended).toMatchObject({ status: 1 });
    expect(resultOf(ended)).toMatchObject({ outcome: "failed", failures: [{ id: "bad" }] });
    const run = project.onlyRun();
    // What came before and beside it is committed and right, what hangs on it was not tried.
    expect(Object.keys(manifestsOf(run))).toEqual(["beside", "first"]);
    expect(await verifyRun(run)).toMatchObject({ problems: [] });
    expect(project.executions().toSorted()).toEqual(["beside", "first", "misbehave"]);
    expect(eventsOf(run)).toContainEqual(
      expect.objectContaining({ type: "phase-skipped", phase: "after", reason: "blocked", by: "bad" }),
    );
    expect(existsSync(join(run, "phases/bad/attempt-1/half.txt"))).toBe(how !== "removes its directory");
  });

  it("fails in words too, and with the way on", async () => {
    const project = new Project(scratch, { pipeline: failing("throws") });
    const { status, stdout, stderr } = await project.orchestrate(["run"]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/✗ bad +failed: rig\/misbehave threw Error: the flux is inverted/);
    expect(stdout).toMatch(/go on {6}orchestrate resume \S+/);
    expect(stderr).toMatch(/^error: bad: rig\/misbehave threw .*\nhint: {2}The stack is in .*\ncode: {2}step-threw\n$/);
    const log = readFileSync(join(project.onlyRun(), "phases/bad/log.ndjson"), "utf8");
    expect(log).toMatch(/the flux is inverted\\n +at /);
  });

  it("writes outside of its staging directory, which is not prevented: its artifacts hold what it declared", async () => {
    const project = new Project(scratch, { pipeline: failing("writes outside") });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    const directory = join(project.onlyRun(), "phases/bad");
    expect(readFileSync(join(directory, "artifacts/text.txt"), "utf8")).toBe("inside\n");
    expect(existsSync(join(directory, "artifacts/stray.txt"))).toBe(false);
    expect(await verifyRun(project.onlyRun())).toMatchObject({ ok: true });
  });
});

function failing(how: string, phase: object = {}): object {
  return {
    pipeline: "failing",
    phases: {
      first: { step: "rig/write", with: { name: "first" } },
      bad: { step: "rig/misbehave", with: { how }, inputs: { before: "first.text" }, ...phase },
      beside: { step: "rig/write", with: { name: "beside" } },
      after: { step: "rig/write", with: { name: "after" }, inputs: { before: "bad.text" } },
    },
  };
}
