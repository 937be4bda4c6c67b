import { expect, it } from "vitest";
import { Project } from "./rig/project.ts";
import { eventsOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();

it("what a step leaves beside its outputs is deleted, and named", async () => {
  const shell = 'echo kept > "$OUTPUT_kept"; mkdir deep; echo 1 > deep/a; echo 2 > notes.txt';
  const project = new Project(scratch, {
    plugins: ["@orchestrate/steps-command"],
    pipeline: { pipeline: "p", phases: { a: { step: "command/run", with: { shell }, outputs: { kept: "kept.txt" } } } },
  });

  const { status, stdout } = await project.orchestrate(["run"]);

  expect(status).toBe(0);
  expect(stdout).toContain(
    "! a         deleted what no output declares: deep/, notes.txt\n            hint: Declare it as an output, or write it elsewhere.\n",
  );
  const committed = eventsOf(project.onlyRun()).find(({ type }) => type === "phase-committed");
  expect(committed).toMatchObject({ undeclared: { count: 2, names: ["deep/", "notes.txt"] } });
});
