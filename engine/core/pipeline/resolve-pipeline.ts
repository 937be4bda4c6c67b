import { overlay, type Profile } from "./overlay.ts";
import { applyOverrides, type Override } from "./override.ts";
import { parsePipeline } from "./parse-pipeline.ts";
import type { Json, Pipeline } from "./pipeline.ts";
import { type Issue, PipelineIssues } from "./pipeline-issue.ts";
import { PipelineDocument } from "./pipeline-schema.ts";
import { parseBySchema } from "./schema-issues.ts";

/** What a pipeline is resolved with. */
export interface Resolution {
  readonly profile: Profile | undefined;
  readonly overrides: readonly Override[];
  /** `--seed`; stands above pipeline and profile. */
  readonly seed: number | undefined;
}

/**
 * Resolves a document: profile laid over it, overrides set, all of it checked as a whole.
 *
 * @returns the pipeline, and the resolved document, which resolves to the same pipeline with nothing laid over it.
 * @throws PipelineIssues with every issue found.
 */
export function resolvePipeline(
  document: unknown,
  resolution: Resolution,
): { readonly pipeline: Pipeline; readonly resolved: Json } {
  const written = parseBySchema(PipelineDocument, document);
  if ("issues" in written) throw new PipelineIssues(written.issues);
  const issues: Issue[] = [];
  let merged: Record<string, unknown> = document as Record<string, unknown>;
  if (resolution.profile !== undefined) {
    const laid = overlay(merged, resolution.profile);
    issues.push(...laid.issues);
    merged = laid.merged;
  }
  if (resolution.seed !== undefined) merged = { ...merged, seed: resolution.seed };
  if (resolution.overrides.length > 0) {
    const set = applyOverrides(merged, resolution.overrides);
    issues.push(...set.issues);
    if (issues.length > 0) throw new PipelineIssues(issues);
    const parsed = parseBySchema(PipelineDocument, set.document);
    if ("issues" in parsed)
      throw new PipelineIssues(parsed.issues.map((issue) => ({ ...issue, ...originOf(issue, set.origins) })));
    return { pipeline: parsePipeline(parsed.value), resolved: set.document as Json };
  }
  if (issues.length > 0) throw new PipelineIssues(issues);
  if (merged === document) return { pipeline: parsePipeline(written.value), resolved: document as Json };
  const parsed = parseBySchema(PipelineDocument, merged);
  if ("issues" in parsed) throw new PipelineIssues(parsed.issues);
  return { pipeline: parsePipeline(parsed.value), resolved: merged as Json };
}

/** The override whose path an issue lies at, above or below. */
function originOf(issue: Issue, origins: ReadonlyMap<string, string>): { readonly origin?: string } {
  for (const [path, origin] of origins) {
    const parts = JSON.parse(path) as readonly string[];
    const shared = Math.min(parts.length, issue.path.length);
    if (parts.slice(0, shared).every((part, index) => part === String(issue.path[index]))) return { origin };
  }
  return {};
}
