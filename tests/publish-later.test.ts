import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Project } from "./rig/project.ts";
import { errorOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const publishing = (to: string) => ({
  pipeline: "publishing",
  phases: { report: { step: "rig/write", with: { name: "report" }, publish: { to, output: "text" } } },
});

async function runOnce(): Promise<Project> {
  const project = new Project(scratch, { pipeline: publishing("out/report.txt") });
  expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
  return project;
}

describe("where there is nothing to do", () => {
  it("run publishes what is no longer in place", async () => {
    const project = await runOnce();
    rmSync(project.path("out/report.txt"));
    const again = await project.orchestrate(["run"]);
    expect(again).toMatchObject({ status: 0, stderr: "" });
    expect(again.stdout).toContain("Nothing to do");
    expect(readFileSync(project.path("out/report.txt"), "utf8")).toBe("text\n");
  });

  it("run publishes to the place that the pipeline says now", async () => {
    const project = await runOnce();
    project.pipeline(publishing("elsewhere.txt"));
    expect((await project.orchestrate(["run"])).stdout).toContain("Nothing to do");
    expect(readFileSync(project.path("elsewhere.txt"), "utf8")).toBe("text\n");
    expect(project.runs()).toHaveLength(1);
  });

  it("resume publishes what a kill kept from its place, and adds to the records of the run only that it ended", async () => {
    const project = new Project(scratch, { pipeline: publishing("out/report.txt") });
    const killed = await project.orchestrate(["run"], { env: { ORCHESTRATE_TEST_KILL_AT: "publish:report" } });
    expect(killed.signal).toBe("SIGKILL");
    const record = (name: string) => readFileSync(join(project.onlyRun(), name), "utf8");
    const [manifest, journal] = [record("manifest.json"), record("events.ndjson")];
    const resumed = await project.orchestrate(["resume"]);
    expect(resumed).toMatchObject({ status: 0, stderr: "" });
    expect(resumed.stdout).toContain("Nothing to do");
    expect(readFileSync(project.path("out/report.txt"), "utf8")).toBe("text\n");
    expect(record("manifest.json")).toBe(manifest);
    const { finished, run_hash } = JSON.parse(manifest);
    const ended = { v: 1, time: finished, type: "run-finished", outcome: "succeeded", run_hash };
    expect(record("events.ndjson")).toBe(`${journal}${JSON.stringify(ended)}\n`);
  });
});

describe("what stands where a run publishes", () => {
  const report = (project: Project) => readFileSync(project.path("out/report.txt"), "utf8");
  const refused = (project: Project) => ({
    error: "publish-refused",
    detail: `Can't publish to ${project.path("out/report.txt")}: what stands there is in no run, and would be lost.`,
    hint: "Move it away, or publish to another place. The run is complete: orchestrate run then publishes.",
  });

  it("is replaced where an earlier run published it", async () => {
    const project = await runOnce();
    const other = ["run", "--set", "report.with.text=other"];
    expect(await project.orchestrate(other)).toMatchObject({ status: 0, stderr: "" });
    expect(report(project)).toBe("other\n");
    // And back again, where there is nothing to do.
    expect((await project.orchestrate(["run"])).stdout).toContain("Nothing to do");
    expect(report(project)).toBe("text\n");
  });

  it("stays where a person made it: the run is complete, and publishes once that is moved away", async () => {
    const project = new Project(scratch, { pipeline: publishing("out/report.txt") });
    project.write("out/report.txt", "mine");
    const ended = await project.orchestrate(["run", "--json"]);
    expect(ended.status).toBe(4);
    expect(errorOf(ended)).toEqual(refused(project));
    expect(report(project)).toBe("mine");
    rmSync(project.path("out/report.txt"));
    const again = await project.orchestrate(["run"]);
    expect(again).toMatchObject({ status: 0, stderr: "" });
    expect(again.stdout).toContain("Nothing to do");
    expect(report(project)).toBe("text\n");
  });

  it("stays where a person changed it, and where the runs that hold it are gone", async () => {
    const project = await runOnce();
    writeFileSync(project.path("out/report.txt"), "mine");
    expect(errorOf(await project.orchestrate(["run", "--json"]))).toEqual(refused(project));
    expect(report(project)).toBe("mine");

    const emptied = await runOnce();
    renameSync(emptied.path("runs"), emptied.path("elsewhere"));
    const other = ["run", "--json", "--set", "report.with.text=other"];
    expect(errorOf(await emptied.orchestrate(other))).toEqual(refused(emptied));
    expect(report(emptied)).toBe("text\n");
  });
});
