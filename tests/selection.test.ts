import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Gate } from "./rig/gate.ts";
import { Project } from "./rig/project.ts";
import { eventsOf, manifestsOf, resultOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const NAMES = ["first", "second", "third"];
const three = {
  pipeline: "three",
  concurrency: 1,
  phases: {
    first: { step: "rig/write", with: { name: "first" } },
    second: { step: "rig/write", with: { name: "second" }, inputs: { before: "first.text" } },
    third: { step: "rig/write", with: { name: "third", text: "3" }, inputs: { before: "second.text" } },
  },
};

describe("of what could be reused,", () => {
  it.each([
    ["--force names what runs", ["--force", "second"], ["second"]],
    ["--from names what runs, with all that hangs on it", ["--from", "second"], ["second", "third"]],
    ["--no-cache runs everything", ["--no-cache"], NAMES],
  ])("%s", async (_what, words, executed) => {
    const project = new Project(scratch, { pipeline: three });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0 });
    expect(await project.orchestrate(["run", ...words])).toMatchObject({ status: 0, stderr: "" });
    expect(project.executions().slice(3)).toEqual(executed);
  });

  it("`cache: false` makes one phase run every time", async () => {
    const phases = { ...three.phases, second: { ...three.phases.second, cache: false } };
    const project = new Project(scratch, { pipeline: { ...three, phases } });
    for (let run = 0; run < 2; run++) expect(await project.orchestrate(["run"])).toMatchObject({ status: 0 });
    expect(project.executions().slice(3)).toEqual(["second"]);
  });

  it("a run that was forced to compute is resumed so as well", async () => {
    const project = new Project(scratch, { pipeline: three });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0 });
    const at = { env: { ORCHESTRATE_TEST_KILL_AT: "journal:phase-committed:first" } };
    expect((await project.orchestrate(["run", "--no-cache"], at)).signal).toBe("SIGKILL");
    expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });
    expect(project.executions().slice(3)).toEqual(NAMES);
  });
});

describe("--phases", () => {
  it("takes the ancestors along and changes nothing of what a phase is made of", async () => {
    const project = new Project(scratch, { pipeline: three });
    const part = resultOf(await project.orchestrate(["run", "--json", "--phases=second"]));
    expect(project.executions()).toEqual(["first", "second"]);
    const whole = resultOf(await project.orchestrate(["run", "--json"]));
    expect(project.executions()).toEqual(NAMES);
    const [before, after] = [part, whole].map(({ directory }) => manifestsOf(directory));
    for (const phase of ["first", "second"]) expect(after![phase]!.fingerprint).toEqual(before![phase]!.fingerprint);
    expect((await project.orchestrate(["run", "--phases", "third,first"])).stdout).toMatch(/Nothing to do/);
  });
});

describe("a phase that is not enabled", () => {
  it("leaves an optional input absent", async () => {
    const phases = { ...three.phases, first: { ...three.phases.first, enabled: false } };
    const project = new Project(scratch, { pipeline: { ...three, phases } });
    const ended = await project.orchestrate(["run", "--json"]);
    expect(ended).toMatchObject({ status: 0, stderr: "" });
    expect(project.executions()).toEqual(["second", "third"]);
    const manifests = manifestsOf(resultOf(ended).directory);
    expect(manifests.second!.inputs).toEqual({});
    expect(manifests).not.toHaveProperty("first");
  });

  it("is refused where an input needs it", async () => {
    const phases = {
      list: { step: "rig/list", with: { items: ["a"] }, enabled: false },
      work: { step: "rig/write", each: ["a"], with: { name: "w" }, enabled: false },
      join: { step: "rig/join", inputs: { parts: "work[*].text" } },
    };
    const project = new Project(scratch, { pipeline: { pipeline: "needs", phases } });
    const { status, stderr } = await project.orchestrate(["run"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/phases\.join\.inputs\.parts: is wired to work\[\*\]\.text, which is not enabled\./);
  });
});

describe("equal phases of one run", () => {
  it("are executed once, though they may start at the same time", async () => {
    const resources = { cpu: 0.25 };
    const hold = { step: "rig/hold", with: { name: "held" }, resources };
    const phases = { one: hold, two: hold, three: { step: "rig/hold", with: { name: "other" }, resources } };
    const project = new Project(scratch, { pipeline: { pipeline: "twins", concurrency: 3, phases } });
    await using gate = await Gate.open(project);
    const engine = project.start(["run", "--json"]);
    const [held, other] = await Promise.all([gate.arrival("held"), gate.arrival("other")]);
    other.release();
    held.release();
    const ended = await engine.ended;
    expect(ended).toMatchObject({ status: 0, stderr: "" });
    expect(project.executions().toSorted()).toEqual(["held", "other"]);
    const { one, two } = manifestsOf(resultOf(ended).directory);
    expect([one!.reused, two!.reused].filter((reused) => reused === null)).toHaveLength(1);
    expect(one!.outputs).toEqual(two!.outputs);
  });
});

describe("a fan-out", () => {
  it("over no items gathers to nothing", async () => {
    const project = fanned({ items: [] });
    const ended = await project.orchestrate(["run", "--json"]);
    expect(ended).toMatchObject({ status: 0, stderr: "" });
    expect(project.executions()).toEqual(["list", "join"]);
    const { metrics, inputs } = manifestsOf(resultOf(ended).directory).join!;
    expect({ metrics, inputs }).toEqual({ metrics: { parts: 0 }, inputs: { parts: { gather: [] } } });
  });

  it("whose list gives an unusable key fails, and says which", async () => {
    const project = fanned({ items: ["a", "b/c"] });
    const ended = await project.orchestrate(["run", "--keep-going", "--json"]);
    expect(ended.status).not.toBe(0);
    expect(project.executions()).toEqual(["list"]);
    expect(ended.stderr).toMatch(/gives the key .*b\/c/);
  });

  it("that fails in one instance makes the others, and the gather only where a part is enough", async () => {
    for (const [partial, after] of [
      [false, []],
      [true, ["join"]],
    ] as const) {
      const project = fanned({ items: ["a", "fail", "c"] }, { partial });
      const ended = await project.orchestrate(["run", "--keep-going", "--json"]);
      expect(ended).toMatchObject({ status: 1 });
      expect(resultOf(ended)).toMatchObject({ failures: [{ id: "work[fail]", error: { error: "step-threw" } }] });
      expect(project.executions()).toEqual(["list", "work", "work", "work", ...after]);
      expect(Object.keys(manifestsOf(project.onlyRun()))).toEqual([...after, "list", "work[a]", "work[c]"]);
    }
  });

  it("gathers in the order of its list, with keys", async () => {
    const project = fanned({ items: ["b", "a"] });
    const ended = await project.orchestrate(["run", "--json"]);
    expect(ended).toMatchObject({ status: 0, stderr: "" });
    const run = resultOf(ended).directory;
    expect(readFileSync(join(run, "phases/join/artifacts/joined.txt"), "utf8")).toBe("b\na\n");
    expect(manifestsOf(run).join!.inputs.parts).toMatchObject({ gather: [{ key: "b" }, { key: "a" }] });
    expect(eventsOf(run)).toContainEqual(expect.objectContaining({ type: "phase-expanded", keys: ["b", "a"] }));
  });

  it("over a list that grew runs the new instance only", async () => {
    const project = fanned({ items: ["a", "b"] });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0 });
    const again = await project.orchestrate(["run", "--set", 'list.with.items=["a", "new", "b"]']);
    expect(again).toMatchObject({ status: 0, stderr: "" });
    expect(project.executions().slice(4)).toEqual(["list", "work", "join"]);
  });
});

function fanned(list: object, work: object = {}): Project {
  const phases = {
    list: { step: "rig/list", with: list },
    work: { step: "rig/write", each: "list.items", key: "${item}", with: { name: "work", text: "${item}" }, ...work },
    join: { step: "rig/join", inputs: { parts: "work[*].text" } },
  };
  return new Project(scratch, { pipeline: { pipeline: "fanned", concurrency: 1, phases } });
}
