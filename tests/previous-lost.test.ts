import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Project } from "./rig/project.ts";
import { errorOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const reading = (text: string) => ({
  pipeline: "reading",
  phases: {
    kept: { step: "rig/write", with: { name: "kept", text } },
    reader: { step: "rig/write", with: { name: "reader" }, inputs: { before: { previous: "kept.text" } } },
  },
});

/** A run that was killed before it committed what it made of an artifact of the run before. */
async function unfinished(): Promise<{ readonly project: Project; readonly before: string; readonly pinned: string }> {
  const project = new Project(scratch, { pipeline: reading("a") });
  expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
  const [before] = project.runs();
  project.pipeline(reading("b"));
  const at = { env: { ORCHESTRATE_TEST_KILL_AT: "attempt:ended:reader" } };
  expect((await project.orchestrate(["run"], at)).signal).toBe("SIGKILL");
  return { project, before: before!, pinned: project.path("runs", before!, "phases/kept/artifacts/text.txt") };
}

describe("a resumed run that reads an artifact of an earlier one", () => {
  it("says that it is gone", async () => {
    const { project, before, pinned } = await unfinished();
    rmSync(join(project.path("runs"), before), { recursive: true });
    const resumed = await project.orchestrate(["resume", "--json"]);
    expect(resumed).toMatchObject({ status: 3 });
    expect(errorOf(resumed)).toEqual({
      error: "previous-lost",
      detail: `reader: The input "before" is kept.text of the run ${before}, as it was when this run began, and that is gone: ${pinned}.`,
      hint: "Restore it, or start a new run with orchestrate run, which takes what is newest now.",
    });
  });

  it("says that it was changed, and commits nothing that was made of it", async () => {
    const { project, before, pinned } = await unfinished();
    chmodSync(pinned, 0o644);
    writeFileSync(pinned, "tampered\n");
    const resumed = await project.orchestrate(["resume", "--json"]);
    expect(resumed).toMatchObject({ status: 3 });
    expect(errorOf(resumed).detail).toContain(
      `kept.text of the run ${before}, as it was when this run began, and that was changed: ${pinned}.`,
    );
  });
});
