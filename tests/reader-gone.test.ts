import { expect, it } from "vitest";
import { Project } from "./rig/project.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();

it("a run goes on to its end where whoever read its words is gone", async () => {
  const project = new Project(scratch, {
    pipeline: {
      pipeline: "told",
      phases: {
        first: { step: "rig/write", with: { name: "first" } },
        second: { step: "rig/write", with: { name: "second" }, inputs: { before: "first.text" } },
      },
    },
  });
  const run = await project.orchestrate(["run"], { under: ["sh", "-c", 'true | "$@" | true', "sh"] });
  expect(run.stderr).toBe("");
  const shown = await project.orchestrate(["show", "--json"]);
  expect(JSON.parse(shown.stdout)).toMatchObject({ outcome: "succeeded" });
});
