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
  const laid =
    resolution.profile === undefined
      ? { merged: document as Record<string, unknown>, issues: [] }
      : overlay(document as Record<string, unknown>, resolution.profile);
  const overrides = [...seedOverride(resolution.seed), ...resolution.overrides];
  if (overrides.length === 0 && laid.merged === document) {
    return { pipeline: parsePipeline(written.value), resolved: document as Json };
  }
  const set = applyOverrides(laid.merged, overrides);
  const issues: readonly Issue[] = [...laid.issues, ...set.issues];
  if (issues.length > 0) throw new PipelineIssues(issues);
  try {
    const parsed = parseBySchema(PipelineDocument, set.document);
    if ("issues" in parsed) throw new PipelineIssues(parsed.issues);
    return { pipeline: parsePipeline(parsed.value), resolved: set.document as Json };
  } catch (error) {
    if (!(error instanceof PipelineIssues)) throw error;
    throw new PipelineIssues(error.issues.map((issue) => ({ ...issue, ...originOf(issue, set.origins) })));
  }
}

function seedOverride(seed: number | undefined): readonly Override[] {
  return seed === undefined ? [] : [{ path: ["seed"], value: seed, origin: `--seed ${seed}` }];
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
