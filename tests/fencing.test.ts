import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { Gate, type Held } from "./rig/gate.ts";
import { died, isAlive } from "./rig/is-alive.ts";
import { Project } from "./rig/project.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const LINGERING = ["child", "grandchild", "wiped", "detached", "setsid"];

const leaving = (last: "wait" | "return" | "spin", after: object = { step: "rig/write", with: { name: "after" } }) => ({
  pipeline: "leaving",
  concurrency: 1,
  phases: {
    leave: { step: "rig/leave", with: { last } },
    after: { ...after, inputs: { before: "leave.text" } },
  },
});

describe.skipIf(!existsSync("/proc/self/environ"))("processes that outlive their killed engine (needs /proc)", () => {
  it("change nothing that a later attempt reads, and are ended by resume", async () => {
    const project = new Project(scratch, { pipeline: leaving("return") });
    await using gate = await Gate.open(project);
    const engine = project.start(["run"]);
    const lingering = await Promise.all(LINGERING.map((name) => gate.arrival(name)));
    const step = await gate.arrival("step");
    engine.kill("SIGKILL");
    await engine.ended;
    await step.gone;
    const survivors = lingering.filter(({ pid }) => isAlive(pid)).map(({ name }) => name);
    expect(survivors).toEqual(expect.arrayContaining(["detached", "setsid"]));

    // They go about their writing while the later engine is at work, from its first moment on.
    const resuming = project.start(["resume"]);
    for (const held of lingering) held.release();
    const again = await Promise.all([...LINGERING.map((name) => gate.arrival(name)), gate.arrival("step")]);
    again.at(-1)!.release();
    expect(await resuming.ended).toMatchObject({ status: 0, stderr: "" });

    await allDied([...lingering, ...again]);
    const run = project.onlyRun();
    expect(readFileSync(join(run, "phases/leave/artifacts/text.txt"), "utf8")).toBe("clean\n");
    expect(readFileSync(join(run, "phases/after/artifacts/text.txt"), "utf8")).toBe("clean\ntext\n");
    expect(await verifyRun(run)).toMatchObject({ ok: true });
  });

  it("are ended before the later attempt starts", async () => {
    const project = new Project(scratch, { pipeline: leaving("return") });
    await using gate = await Gate.open(project);
    const engine = project.start(["run"]);
    const lingering = await Promise.all(LINGERING.map((name) => gate.arrival(name)));
    await gate.arrival("step");
    engine.kill("SIGKILL");
    await engine.ended;

    const resuming = project.start(["resume"]);
    const child = await gate.arrival("child");
    expect(isAlive(child.pid)).toBe(true);
    await allDied(lingering);
    resuming.kill("SIGKILL");
    await resuming.ended;
  });
});

describe.skipIf(!existsSync("/proc/self/environ"))("processes of a run that was killed (needs /proc)", () => {
  const running = (name: string) => ({ pipeline: "other", phases: { hold: { step: "rig/hold", with: { name } } } });

  it("are ended before a new run begins, but not those of a run that is being driven", async () => {
    const project = new Project(scratch, { pipeline: leaving("return") });
    await using gate = await Gate.open(project);
    const killed = project.start(["run"]);
    const lingering = await Promise.all(LINGERING.map((name) => gate.arrival(name)));
    await gate.arrival("step");
    killed.kill("SIGKILL");
    await killed.ended;

    project.pipeline(running("one"));
    const one = project.start(["run"]);
    const held = await gate.arrival("one");
    await allDied(lingering.filter(({ name }) => name !== "wiped"));
    project.pipeline(running("two"));
    const two = project.start(["run"]);
    (await gate.arrival("two")).release();
    expect(await two.ended).toMatchObject({ status: 0, stderr: "" });
    expect(isAlive(held.pid)).toBe(true);
    held.release();
    expect(await one.ended).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("a worker whose engine dies", () => {
  it.each(["wait", "spin"] as const)("dies by itself while its step would %s for ever", async (last) => {
    const project = new Project(scratch, { pipeline: leaving(last) });
    await using gate = await Gate.open(project);
    const engine = project.start(["run"]);
    const sibling = await gate.arrival("child");
    (await gate.arrival("step")).release();
    const step = await gate.arrival("step again");
    expect([step, sibling].map(({ pid }) => isAlive(pid))).toEqual([true, true]);
    engine.kill("SIGKILL");
    await engine.ended;
    await Promise.all([died(step.pid), died(sibling.pid)]);
  });
});

describe("an attempt that succeeds and leaves processes behind", () => {
  it("is committed only once they are dead, and its artifacts stay as they are", async () => {
    const project = new Project(scratch, {
      pipeline: leaving("return", { step: "rig/hold", with: { name: "after" } }),
    });
    await using gate = await Gate.open(project);
    const engine = project.start(["run"]);
    const lingering = await Promise.all(LINGERING.map((name) => gate.arrival(name)));
    for (const held of lingering) expect(isAlive(held.pid)).toBe(true);
    (await gate.arrival("step")).release();
    const after = await gate.arrival("after");
    // The engine lives and the artifacts are committed: whoever is not dead yet never will be.
    await allDied(lingering);
    after.release();
    expect(await engine.ended).toMatchObject({ status: 0, stderr: "" });
    const run = project.onlyRun();
    expect(readFileSync(join(run, "phases/leave/artifacts/text.txt"), "utf8")).toBe("clean\n");
    expect(await verifyRun(run)).toMatchObject({ ok: true });
  });
});

/** A killed process is gone a moment after it was killed. */
async function allDied(held: readonly Held[]): Promise<void> {
  await Promise.all(held.map(({ pid }) => died(pid)));
}
