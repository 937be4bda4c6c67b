import { OrchestrateError } from "@orchestrate/sdk";
import { describeIssues, type Issue, PipelineIssues } from "../core/pipeline/pipeline-issue.ts";

/** Says which word of `orchestrate step` the issues are about, since there is no pipeline that anybody wrote. */
export async function placeStepIssues(error: unknown): Promise<unknown> {
  if (!(error instanceof PipelineIssues)) return error;
  const { detail, hint } = describeIssues(error.issues.map(asTyped), "step:", () => undefined);
  return new OrchestrateError({ error: error.code, category: error.category, detail, hint }, { cause: error });
}

function asTyped(issue: Issue): Issue {
  const [, , field, ...below] = issue.path;
  switch (field) {
    case undefined:
      return { ...issue, path: [], hint: "Wire it with --input NAME=PATH." };
    case "with":
      return { ...issue, origin: "--with", path: below };
    case "inputs":
      return { ...issue, origin: `--input ${below[0]}`, path: [] };
    default:
      return { ...issue, path: [] };
  }
}
