import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openIndex } from "../engine/io/index/open-index.ts";
import { Project } from "./rig/project.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const carrying = (text: string) => ({
  pipeline: "carrying",
  phases: {
    kept: { step: "rig/write", with: { name: "kept", text }, publish: { to: "out.txt", output: "text" } },
    reader: { step: "rig/write", with: { name: "reader" }, inputs: { before: { previous: "kept.text" } } },
  },
});

/** A project with a run for each text, each pinned to the one before. */
async function runEach(...texts: readonly string[]): Promise<Project> {
  const project = new Project(scratch, { pipeline: carrying(texts[0]!) });
  for (const text of texts) {
    project.pipeline(carrying(text));
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
  }
  return project;
}

const pinnedBy = (directory: string) =>
  JSON.parse(readFileSync(join(directory, "run.json"), "utf8")).previous["kept.text"].run as string;

describe("gc", () => {
  it("leaves what the next run goes on from and publishes over, and verifies", async () => {
    const project = await runEach("a", "b", "c");
    const newest = project.runs().at(-1)!;
    expect(await project.orchestrate(["gc", "--keep", "0"])).toMatchObject({ status: 0, stderr: "" });
    expect(project.runs()).toEqual([newest]);
    expect(await project.orchestrate(["verify"])).toMatchObject({ status: 0, stderr: "" });
    project.pipeline(carrying("d"));
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    expect(pinnedBy(project.path("runs", project.runs().at(-1)!))).toBe(newest);
    expect(readFileSync(project.path("out.txt"), "utf8")).toBe("d\n");
  });

  it("leaves nothing to be digested anew of what the runs that stay share with those that go", async () => {
    const pipeline = { pipeline: "sharing", phases: { kept: { step: "rig/write", with: { name: "kept" } } } };
    const project = new Project(scratch, { pipeline });
    for (const more of [[], ["--new-run"]])
      expect(await project.orchestrate(["run", ...more])).toMatchObject({ status: 0, stderr: "" });
    const [, newest] = project.runs();
    const file = project.path("runs", newest!, "phases/kept/artifacts/text.txt");
    expect(statSync(file).nlink).toBe(2);
    expect(await project.orchestrate(["gc", "--keep", "1"])).toMatchObject({ status: 0, stderr: "" });
    expect(project.runs()).toEqual([newest]);
    expect(statSync(file).nlink).toBe(1);
    const index = openIndex(project.path("runs"));
    expect(index.unchangedOf(newest!).map(({ phase }) => phase)).toEqual(["kept"]);
    index.close();
  });

  it("leaves what was published of an earlier run again, so that the next one may replace it", async () => {
    const publishing = (text: string) => ({
      pipeline: "publishing",
      phases: { kept: { step: "rig/write", with: { name: "kept", text }, publish: { to: "out.txt", output: "text" } } },
    });
    const project = new Project(scratch, { pipeline: publishing("a") });
    for (const text of ["a", "b", "a"]) {
      project.pipeline(publishing(text));
      expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    }
    const [first, second] = project.runs();
    expect((await project.orchestrate(["gc", "--keep", "1"])).stdout).toContain(
      `  ${first}  kept: the published result of kept\n`,
    );
    expect(project.runs()).toEqual([first, second]);
    project.pipeline(publishing("c"));
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(project.path("out.txt"), "utf8")).toBe("c\n");
    expect(await project.orchestrate(["gc", "--keep", "1"])).toMatchObject({ status: 0 });
    expect(project.runs()).toHaveLength(1);
  });

  it("leaves what a killed run goes on from", async () => {
    const project = await runEach("a", "b");
    const [, pinned] = project.runs();
    project.pipeline(carrying("c"));
    const at = { env: { ORCHESTRATE_TEST_KILL_AT: "attempt:ended:reader" } };
    expect((await project.orchestrate(["run"], at)).signal).toBe("SIGKILL");
    expect(await project.orchestrate(["gc", "--keep", "1"])).toMatchObject({ status: 0, stderr: "" });
    expect(project.runs()).toEqual([pinned, expect.any(String)]);
    expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });
  });

  it("that was killed leaves no half of a run that anything would be taken from", async () => {
    const project = await runEach("a", "b");
    const [older] = project.runs();
    const aside = project.path("runs", ".deleted");
    mkdirSync(aside);
    renameSync(project.path("runs", older!), join(aside, older!));
    project.pipeline(carrying("a"));
    const plan = JSON.parse((await project.orchestrate(["plan", "--json"])).stdout);
    expect(plan.phases[0]).toMatchObject({ id: "kept", decision: "run" });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    expect(await project.orchestrate(["gc", "--keep", "9"])).toMatchObject({ status: 0, stderr: "" });
    expect(readdirSync(aside)).toEqual([]);
    expect(existsSync(project.path("runs", project.runs()[0]!))).toBe(true);
  });

  it("takes along what an engine left that was killed before its run was one", async () => {
    const project = await runEach("a");
    const [whole] = project.runs();
    project.pipeline(carrying("b"));
    const at = { env: { ORCHESTRATE_TEST_KILL_AT: "run-document-prepared" } };
    expect((await project.orchestrate(["run"], at)).signal).toBe("SIGKILL");
    const left = project.runs().find((run) => run !== whole)!;
    expect(await project.orchestrate(["gc", "--keep", "9"])).toMatchObject({ status: 0, stderr: "" });
    // It might be about to begin.
    expect(project.runs()).toContain(left);
    utimesSync(project.path("runs", left, "run.lock"), 0, 0);
    expect(await project.orchestrate(["gc", "--keep", "9"])).toMatchObject({ status: 0, stderr: "" });
    expect(project.runs()).toEqual([whole]);
  });
});
