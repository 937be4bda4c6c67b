import { relative } from "node:path";
import { OrchestrateError } from "@orchestrate/sdk";
import { describeIssues, PipelineIssues } from "../core/pipeline/pipeline-issue.ts";
import { attributeIssues, type OriginOf } from "../core/pipeline/resolve-pipeline.ts";
import type { LoadedDocument } from "../io/config/load-document.ts";

/** Turns issues into an error that says file, line and column of each; any other error stays as it is. */
export async function placeIssues(
  error: unknown,
  { file, locator }: Pick<LoadedDocument, "file" | "locator">,
  originOf: OriginOf = () => undefined,
): Promise<unknown> {
  if (!(error instanceof PipelineIssues)) return error;
  const shown = relative(process.cwd(), file) || file;
  const { detail, hint } = describeIssues(attributeIssues(error.issues, originOf), shown, await locator());
  return new OrchestrateError({ error: error.code, category: error.category, detail, hint }, { cause: error });
}
