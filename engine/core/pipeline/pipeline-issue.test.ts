import { describe, expect, it } from "vitest";
import { describeIssues, type Issue, PipelineIssues } from "./pipeline-issue.ts";

const issues: readonly Issue[] = [
  { path: ["phases", "train", "env", 0], message: "is wrong.", hint: "" },
  { path: [], message: "is empty.", hint: "Write something." },
  { path: ["seed"], message: "is wrong.", hint: "Another hint.", origin: "--set seed=x" },
];

describe("issues in words", () => {
  it("cite file, line, column and field, or where else the value came from, and the first hint", () => {
    const locate = ([first]: Issue["path"]) => (first === undefined ? undefined : { line: 4, column: 7 });
    expect(describeIssues(issues, "orchestrate.config.yaml", locate)).toEqual({
      detail: [
        "orchestrate.config.yaml:4:7 phases.train.env[0]: is wrong.",
        "orchestrate.config.yaml is empty.",
        "--set seed=x seed: is wrong.",
      ].join("\n"),
      hint: "Write something.",
    });
  });

  it("are said once where each instance of a fan-out has them", () => {
    const twice = [...issues, ...issues];
    expect(describeIssues(twice, "p.yaml", () => undefined)).toEqual(describeIssues(issues, "p.yaml", () => undefined));
  });

  it("are bad input", () => {
    expect(new PipelineIssues(issues.slice(0, 1)).toEnvelope()).toEqual({
      error: "pipeline-invalid",
      category: "input",
      detail: "pipeline phases.train.env[0]: is wrong.",
      hint: "",
    });
  });
});
