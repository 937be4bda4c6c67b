import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Project } from "./rig/project.ts";
import { errorOf, eventsOf, manifestsOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();

describe("a failed run", () => {
  it("starts nothing more, unless it is to keep going", async () => {
    const project = new Project(scratch, {
      pipeline: {
        pipeline: "stopping",
        concurrency: 1,
        phases: {
          bad: { step: "rig/misbehave", with: { how: "throws" } },
          other: { step: "rig/write", with: { name: "other" } },
        },
      },
    });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 1 });
    expect(project.executions()).toEqual(["misbehave"]);
    expect(await project.orchestrate(["resume", "--keep-going"])).toMatchObject({ status: 1 });
    expect(project.executions()).toEqual(["misbehave", "misbehave", "other"]);
  });

  it("is resumed with a new attempt, beside the old one's remains", async () => {
    const project = new Project(scratch, {
      pipeline: { pipeline: "again", phases: { retried: { step: "rig/fail-twice" } } },
    });
    for (const words of [["run"], ["resume"]]) expect(await project.orchestrate(words)).toMatchObject({ status: 1 });
    expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });
    const run = project.onlyRun();
    expect(manifestsOf(run).retried).toMatchObject({ attempt: 3 });
    expect(["attempt-1", "attempt-2"].map((name) => existsSync(join(run, "phases/retried", name)))).toEqual([
      true,
      true,
    ]);
  });
});

describe("a retry", () => {
  const retrying = (category: string) => ({
    pipeline: "retrying",
    phases: { retried: { step: "rig/fail-twice", with: { category }, retry: { attempts: 3, delay: "1ms" } } },
  });

  it.each(["failed", "io"])("follows an error of category %s, after a growing delay", async (category) => {
    const project = new Project(scratch, { pipeline: retrying(category) });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    const run = project.onlyRun();
    expect(manifestsOf(run).retried).toMatchObject({ attempt: 3 });
    const delays = eventsOf(run).flatMap((event) => (event.type === "attempt-failed" ? [event.retry_in_ms] : []));
    expect(delays).toEqual([expect.any(Number), expect.any(Number)]);
    expect(delays[0]).toBeLessThanOrEqual(1);
    expect(delays[1]).toBeLessThanOrEqual(2);
  });

  it.each([
    ["input", 2],
    ["policy", 4],
  ])("never follows an error of category %s", async (category, status) => {
    const project = new Project(scratch, { pipeline: retrying(category) });
    const ended = await project.orchestrate(["run", "--json"]);
    expect(ended).toMatchObject({ status: status });
    expect(errorOf(ended)).toMatchObject({ error: "not-yet", detail: "retried: Try 1." });
    expect(project.executions()).toEqual(["fail-twice"]);
  });

  it("ends with how many failed, of which items, and where to read on", async () => {
    const phases = {
      odd: {
        step: "command/run",
        each: [1, 2, 3],
        with: { shell: 'echo "looking at $ITEM"; test "$ITEM" = 2' },
        outputs: {},
      },
    };
    const project = new Project(scratch, {
      plugins: ["@orchestrate/steps-command"],
      pipeline: { pipeline: "odd", phases },
    });
    const { status, stdout } = await project.orchestrate(["run", "--keep-going", "--concurrency", "1"]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^Run \S+ failed: 1 computed, 0 reused, 2 failed\.$/m);
    expect(stdout).toMatch(/^ {2}failed {5}odd\[6b86b273ff34\] for 1, odd\[4e07408562be\] for 3$/m);
    const [, id, run] = /^ {2}log {8}orchestrate logs '(.*)' (\S+)$/m.exec(stdout) ?? [];
    expect((await project.orchestrate(["logs", id!, run!])).stdout).toMatch(/looking at 1$/m);
  });

  it("ends with the attempts that were granted", async () => {
    const phase = { step: "rig/misbehave", with: { how: "throws" }, retry: { attempts: 3, delay: "1ms" } };
    const project = new Project(scratch, { pipeline: { pipeline: "retrying", phases: { phase } } });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 1 });
    expect(project.executions()).toEqual(["misbehave", "misbehave", "misbehave"]);
    const failed = eventsOf(project.onlyRun()).filter(({ type }) => type === "phase-failed");
    expect(failed).toMatchObject([{ error: { error: "step-threw" } }]);
  });
});
