import { existsSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Gate } from "./rig/gate.ts";
import { Project } from "./rig/project.ts";
import { errorOf, manifestsOf, resultOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const ingesting = (extra: object = {}) => ({
  pipeline: "ingesting",
  phases: { ingest: { step: "rig/effect", inputs: { state: { previous: "ingest.state" } }, ...extra } },
});

describe("a phase with an effect outside that keeps its state", () => {
  it("runs every time, from the state that the newest committed run left", async () => {
    const project = new Project(scratch, { pipeline: ingesting() });
    const states = [];
    for (let run = 0; run < 3; run++) {
      const ended = await project.orchestrate(["run", "--json"]);
      expect(ended).toMatchObject({ status: 0, stderr: "" });
      const { directory } = resultOf(ended);
      states.push(readFileSync(join(directory, "phases/ingest/artifacts/state.json"), "utf8"));
    }
    expect(states.map((text) => JSON.parse(text))).toEqual([{ rows: 1 }, { rows: 2 }, { rows: 3 }]);
    // The step finds what it changes by the pipeline's directory.
    expect(existsSync(project.path("changed"))).toBe(true);
  });

  it("pins the state when the run begins, whatever is committed meanwhile", async () => {
    const project = new Project(scratch, { pipeline: reading("a") });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    // Held before it reads what `kept` was; another run makes a newer one meanwhile.
    project.pipeline(reading("b", { step: "rig/hold", with: { name: "hold" } }));
    await using gate = await Gate.open(project);
    const engine = project.start(["run", "--json"]);
    const held = await gate.arrival("hold");
    project.pipeline(reading("c"));
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    held.release();
    const ended = await engine.ended;
    expect(ended).toMatchObject({ status: 0, stderr: "" });
    const { directory } = resultOf(ended);
    expect(readFileSync(join(directory, "phases/reader/artifacts/text.txt"), "utf8")).toBe("a\nread\n");
    const { previous } = JSON.parse(readFileSync(join(directory, "run.json"), "utf8"));
    expect(manifestsOf(directory).reader!.inputs.before).toMatchObject({
      previous: "kept.text",
      run: previous["kept.text"].run,
      digest: previous["kept.text"].digest,
    });
  });

  it("keeps a new run from starting while an unfinished one has begun it", async () => {
    const project = new Project(scratch, { pipeline: ingesting() });
    const at = { env: { ORCHESTRATE_TEST_KILL_AT: "attempt:ended:ingest" } };
    expect((await project.orchestrate(["run"], at)).signal).toBe("SIGKILL");
    const [unfinished] = project.runs();

    const refused = await project.orchestrate(["run", "--json"]);
    expect(refused).toMatchObject({ status: 4 });
    expect(errorOf(refused)).toEqual({
      error: "effect-uncommitted",
      detail: `The run ${unfinished} has begun an effect outside that it did not commit: ingest.`,
      hint: `Finish it with orchestrate resume ${unfinished}, which keeps to the config that it began with. If that can't be done, see to what it has changed outside, and delete the directory runs/${unfinished}.`,
    });
    expect(project.runs()).toEqual([unfinished]);

    expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });
    const [first, second] = readFileSync(join(project.outside, "table"), "utf8").trim().split("\n");
    expect(second).toBe(first);
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
  });

  it("keeps a new run from starting where it failed, unless it says that nothing outside has changed", async () => {
    const project = new Project(scratch, { pipeline: ingesting() });
    const failed = await project.orchestrate(["run", "--json", "--set", "ingest.with.fails=none"]);
    expect(errorOf(failed)).toEqual({ error: "rig-refused", detail: "ingest: Refused.", hint: "Mend it." });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    expect(await project.orchestrate(["run", "--set", "ingest.with.fails=unknown"])).toMatchObject({ status: 2 });
    expect(errorOf(await project.orchestrate(["run", "--json"])).error).toBe("effect-uncommitted");
  });

  it("is driven by one run at a time", async () => {
    const project = new Project(scratch, { pipeline: ingesting({ with: { hold: true } }) });
    await using gate = await Gate.open(project);
    const engine = project.start(["run"]);
    const held = await gate.arrival("effect");
    const second = await project.orchestrate(["run", "--json"]);
    expect(second).toMatchObject({ status: 4 });
    expect(errorOf(second).error).toMatch(/^(locked|effect-uncommitted)$/);
    held.release();
    expect(await engine.ended).toMatchObject({ status: 0, stderr: "" });
    expect(project.executions()).toEqual(["effect"]);
  });
});

describe("what is published", () => {
  const publishing = (text: string, last: object = { step: "rig/write", with: { name: "last" } }) => ({
    pipeline: "publishing",
    phases: {
      file: { step: "rig/write", with: { name: "file", text }, publish: { to: "out/report.txt", output: "text" } },
      list: { step: "rig/list", with: { items: [text] } },
      parts: { step: "rig/write", each: "list.items", with: { name: "parts", text: "${item}" } },
      join: { step: "rig/join", inputs: { parts: "parts[*].text" }, publish: { to: "out/tree", output: "tree" } },
      last: { ...last, after: ["join", "file"] },
    },
  });
  const published = (project: Project) => [
    readFileSync(project.path("out/report.txt"), "utf8"),
    readFileSync(project.path("out/tree/first"), "utf8"),
  ];

  it("is swapped in once the run has succeeded, and not before", async () => {
    const project = new Project(scratch, { pipeline: publishing("one") });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    expect(published(project)).toEqual(["one\n", "one\n"]);

    project.pipeline(publishing("two", { step: "rig/misbehave", with: { how: "throws" } }));
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 1 });
    expect(published(project)).toEqual(["one\n", "one\n"]);

    project.pipeline(publishing("two"));
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    expect(published(project)).toEqual(["two\n", "two\n"]);
    expect(existsSync(project.path("out", readlinkSync(project.path("out/tree"))))).toBe(true);
  });

  it("never replaces what it did not put there", async () => {
    const project = new Project(scratch, { pipeline: publishing("one") });
    mkdirSync(project.path("out/tree"), { recursive: true });
    writeFileSync(project.path("out/tree/mine.txt"), "mine\n");
    const ended = await project.orchestrate(["run", "--json"]);
    expect(errorOf(ended)).toEqual({
      error: "publish-refused",
      detail: `Can't publish to ${project.path("out/tree")}: what stands there is in no run, and would be lost.`,
      hint: "Move it away, or publish to another place. The run is complete: orchestrate run then publishes.",
    });
    expect(readFileSync(project.path("out/tree/mine.txt"), "utf8")).toBe("mine\n");
  });
});

/** `reader` reads what `kept` was before the run began. */
function reading(text: string, gate: object = { step: "rig/write", with: { name: "gate" } }): object {
  return {
    pipeline: "reading",
    phases: {
      gate,
      kept: { step: "rig/write", with: { name: "kept", text } },
      reader: {
        step: "rig/write",
        with: { name: "reader", text: "read" },
        after: ["gate", "kept"],
        inputs: { before: { previous: "kept.text" } },
      },
    },
  };
}

it("a step that is run alone goes on from what a sink keeps of the same files, and of no others", async () => {
  const project = new Project(scratch, { files: { "a.csv": "1", "b.csv": "2" } });
  for (const file of ["a.csv", "a.csv", "b.csv"]) {
    const ended = await project.orchestrate(["step", "rig/effect", "--input", `rows=${file}`]);
    expect(ended).toMatchObject({ status: 0, stderr: "" });
    project.write("a.csv", "11");
  }
  const [first, again, other] = readFileSync(join(project.outside, "series"), "utf8").split("\n");
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});
