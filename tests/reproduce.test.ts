import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Project } from "./rig/project.ts";
import { errorOf, resultOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const plugins = ["orchestrate-plugin-rig", "@orchestrate/steps-command"];
const carrying = (text: string) => ({
  pipeline: "carrying",
  phases: {
    kept: { step: "rig/write", with: { name: "kept", text }, publish: { to: "out.txt", output: "text" } },
    reader: { step: "rig/write", with: { name: "reader" }, inputs: { before: { previous: "kept.text" } } },
  },
});
const shell = (line: string, inputs: object) => ({
  step: "command/run",
  with: { shell: `${line} > "$OUTPUT_out"` },
  inputs,
  outputs: { out: "out.txt" },
});
const drawing = {
  pipeline: "drawing",
  phases: {
    copy: shell('cat "$INPUT_text"', { text: { path: "text.txt" } }),
    draw: shell("head -c 16 /dev/urandom", { copy: "copy.out" }),
    last: shell('cat "$INPUT_drawn"', { drawn: "draw.out" }),
  },
};

describe("reproduce", () => {
  it("computes a run again from what it was made of, and touches nothing that later runs or others look at", async () => {
    const project = new Project(scratch, { pipeline: carrying("a") });
    for (const text of ["a", "b", "c"]) {
      project.pipeline(carrying(text));
      expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    }
    const [, middle, newest] = project.runs();
    const again = await project.orchestrate(["reproduce", middle!]);
    expect(again).toMatchObject({ status: 0, stderr: "" });
    expect(again.stdout.split("\n").slice(-4)).toEqual([
      `${middle}: 2 of 2 phases gave the same results again`,
      "  ✓  kept",
      "  ✓  reader",
      "",
    ]);
    expect(again.stdout).toContain("2 computed, 0 reused");
    expect(readFileSync(project.path("out.txt"), "utf8")).toBe("c\n");
    project.pipeline(carrying("d"));
    const { directory } = resultOf(await project.orchestrate(["run", "--json"]));
    const { previous } = JSON.parse(readFileSync(join(directory, "run.json"), "utf8"));
    expect(previous["kept.text"].run).toBe(newest);
  });

  it("says where the project should be that a run was copied without", async () => {
    const project = new Project(scratch, { pipeline: carrying("a") });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    const [run] = project.runs();
    const away = join(project.outside, "away/runs", run!);
    cpSync(project.onlyRun(), away, { recursive: true });
    const refused = await project.orchestrate(["reproduce", away, "--json"]);
    expect(refused.status).toBe(2);
    expect(errorOf(refused)).toEqual({
      error: "project-not-found",
      detail: `The run ${run} is of a project at ${join(project.outside, "away")}, and there is none: no plugins.json is there or above.`,
      hint: "Put the run into the runs directory of its project; a run alone can be verified, not computed again.",
    });
  });

  it("names what came out otherwise, and whether it was made of something else", async () => {
    const project = new Project(scratch, { pipeline: drawing, plugins, files: { "text.txt": "a\n" } });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    const [first] = project.runs();
    const drawn = await project.orchestrate(["reproduce", "--json"]);
    expect(drawn.status).toBe(3);
    const [, second] = project.runs();
    expect(errorOf(drawn)).toEqual({
      error: "not-reproduced",
      detail: `${first} did not come out the same again: draw, last.`,
      hint: `See orchestrate diff ${first} ${second}.`,
    });
    const told = JSON.parse(drawn.stdout.trimEnd().split("\n").at(-1)!);
    expect(told).toMatchObject({ type: "reproduction", run: first, again: second });
    expect(told.phases).toMatchObject([
      { id: "copy", verdict: "same", outputs: [], causes: [] },
      { id: "draw", verdict: "different", outputs: ["out"], causes: [] },
      { id: "last", verdict: "different", outputs: ["out"], causes: [{ part: "inputs.drawn" }] },
    ]);
    project.write("text.txt", "b\n");
    const changed = await project.orchestrate(["reproduce", first!, "--phases", "copy"]);
    expect(changed.status).toBe(3);
    expect(changed.stdout).toContain("  ✗  copy  out differs, and so does what it was made of: inputs.text\n");
    // Where none is named, a reproduction is not what is meant, and the answer is the same the second time.
    for (const _ of ["once", "twice"]) {
      const asked = await project.orchestrate(["reproduce", "--phases", "copy"]);
      expect(asked.status).toBe(3);
      expect(asked.stdout).toContain(`${first}: 0 of 1 phase gave`);
    }
  });

  it("computes only the phases that are named, and reuses what they depend on", async () => {
    const project = new Project(scratch, { pipeline: drawing, plugins, files: { "text.txt": "a\n" } });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    const again = await project.orchestrate(["reproduce", "--phases", "last"]);
    expect(again).toMatchObject({ status: 0, stderr: "" });
    expect(again.stdout).toContain("1 computed, 2 reused");
    expect(again.stdout).toContain("1 of 1 phase gave the same results again\n  ✓  last\n");
  });

  it("says that a secret may be another one where nothing else differs, and asks for one that is not set", async () => {
    const pipeline = {
      pipeline: "asking",
      phases: { ask: { ...shell('printf %s "$KEY" | wc -c', {}), secrets: ["KEY"] } },
    };
    const project = new Project(scratch, { pipeline, plugins });
    expect(await project.orchestrate(["run"], { env: { KEY: "one" } })).toMatchObject({ status: 0, stderr: "" });
    const other = await project.orchestrate(["reproduce"], { env: { KEY: "three" } });
    expect(other.status).toBe(3);
    expect(other.stdout).toContain(
      "  ✗  ask  out differs, made of the same: a secret is another one, or the step is not deterministic\n",
    );
    const unset = await project.orchestrate(["reproduce", "--json"], { env: { KEY: undefined } });
    expect(unset.status).toBe(2);
    expect(errorOf(unset)).toMatchObject({
      error: "pipeline-invalid",
      detail: "pipeline phases.ask.secrets[0]: the environment variable KEY is not set.",
      hint: "Set KEY for this command.",
    });
  });

  it("refuses to change something outside a second time", async () => {
    const pipeline = { pipeline: "ingesting", phases: { ingest: { step: "rig/effect", inputs: {} } } };
    const project = new Project(scratch, { pipeline });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    const before = readFileSync(project.path("changed"), "utf8");
    const refused = await project.orchestrate(["reproduce", "--json"]);
    expect(refused.status).toBe(4);
    expect(errorOf(refused)).toEqual({
      error: "effect-again",
      detail: "ingest would change something outside a second time.",
      hint: "Name phases that don't depend on it: --phases.",
    });
    expect(readFileSync(project.path("changed"), "utf8")).toBe(before);
    expect(project.runs()).toHaveLength(1);
  });

  it("refuses a run that is not complete", async () => {
    const project = new Project(scratch, { pipeline: carrying("a") });
    const at = { env: { ORCHESTRATE_TEST_KILL_AT: "attempt:ended:reader" } };
    expect((await project.orchestrate(["run"], at)).signal).toBe("SIGKILL");
    const [killed] = project.runs();
    const refused = await project.orchestrate(["reproduce", "--json"]);
    expect(refused.status).toBe(2);
    expect(errorOf(refused)).toEqual({
      error: "run-unfinished",
      detail: `The run ${killed} is not complete, so that there is nothing to compare with.`,
      hint: `Finish it first: orchestrate resume ${killed}.`,
    });
    expect(existsSync(project.path("out.txt"))).toBe(false);
  });
});
