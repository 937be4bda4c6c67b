import { expect, it } from "vitest";
import { PipelineIssues } from "../core/pipeline/pipeline-issue.ts";
import { placeStepIssues } from "./place-step-issues.ts";

it.each([
  [["phases", "step", "with", "top", 0], "--with top[0]: is wrong.", "Mend it."],
  [["phases", "step", "inputs", "text", "path"], "--input text is wrong.", "Mend it."],
  [["phases", "step", "step"], "step: is wrong.", "Mend it."],
  [["phases", "step"], "step: is wrong.", "Wire it with --input NAME=PATH."],
])("what is wrong at %j is said of the words", async (path, detail, hint) => {
  const issues = new PipelineIssues([{ path, message: "is wrong.", hint: "Mend it." }]);
  expect(await placeStepIssues(issues)).toMatchObject({ code: "pipeline-invalid", category: "input", detail, hint });
});

it("leaves every other error as it is", async () => {
  const error = new Error("another");
  expect(await placeStepIssues(error)).toBe(error);
});
