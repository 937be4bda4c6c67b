import { PipelineIssues } from "../pipeline/pipeline-issue.ts";

/** What a person is told of bad input: every line of the detail, and the hint where there is one. */
export function issuesOf(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (!(error instanceof PipelineIssues)) throw error;
    return [...error.detail.split("\n"), ...(error.hint === "" ? [] : [error.hint])];
  }
  return [];
}
