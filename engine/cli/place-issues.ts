import { relative } from "node:path";
import { OrchestrateError } from "@orchestrate/sdk";
import { describeIssues, PipelineIssues } from "../core/pipeline/pipeline-issue.ts";
import { attributeIssues } from "../core/pipeline/resolve-pipeline.ts";
import type { LoadedDocument } from "../io/config/load-document.ts";

/** Turns issues into an error that says file, line and column of each; any other error stays as it is. */
export async function placeIssues(
  error: unknown,
  { file, locator }: Pick<LoadedDocument, "file" | "locator">,
  origins: ReadonlyMap<string, string> = new Map(),
): Promise<unknown> {
  if (!(error instanceof PipelineIssues)) return error;
  const shown = relative(process.cwd(), file) || file;
  const { detail, hint } = describeIssues(attributeIssues(error.issues, origins), shown, await locator());
  return new OrchestrateError({ error: error.code, category: error.category, detail, hint }, { cause: error });
}
