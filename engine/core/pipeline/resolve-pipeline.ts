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

/** A pipeline as resolved. */
export interface Resolved {
  readonly pipeline: Pipeline;
  /** The resolved document, which resolves to the same pipeline with nothing laid over it. */
  readonly resolved: Json;
  /** Path (as JSON) to the override that set it. */
  readonly origins: ReadonlyMap<string, string>;
}

/**
 * Resolves a document: profile laid over it, overrides set, all of it checked as a whole.
 *
 * @throws PipelineIssues with every issue found.
 */
export function resolvePipeline(document: unknown, resolution: Resolution): Resolved {
  const written = parseBySchema(PipelineDocument, document);
  if ("issues" in written) throw new PipelineIssues(written.issues);
  const laid =
    resolution.profile === undefined
      ? { merged: document as Record<string, unknown>, issues: [] }
      : overlay(document as Record<string, unknown>, resolution.profile);
  const overrides = [...seedOverride(resolution.seed), ...resolution.overrides];
  if (overrides.length === 0 && laid.merged === document) {
    return { pipeline: parsePipeline(written.value), resolved: document as Json, origins: new Map() };
  }
  const set = applyOverrides(laid.merged, overrides);
  const issues: readonly Issue[] = [...laid.issues, ...set.issues];
  if (issues.length > 0) throw new PipelineIssues(issues);
  try {
    const parsed = parseBySchema(PipelineDocument, set.document);
    if ("issues" in parsed) throw new PipelineIssues(parsed.issues);
    return { pipeline: parsePipeline(parsed.value), resolved: set.document as Json, origins: set.origins };
  } catch (error) {
    if (!(error instanceof PipelineIssues)) throw error;
    throw new PipelineIssues(attributeIssues(error.issues, set.origins));
  }
}

function seedOverride(seed: number | undefined): readonly Override[] {
  return seed === undefined ? [] : [{ path: ["seed"], value: seed, origin: `--seed ${seed}` }];
}

/** Says of every issue that an override made which one it was. */
export function attributeIssues(issues: readonly Issue[], origins: ReadonlyMap<string, string>): readonly Issue[] {
  return issues.map((issue) => ({ ...originOf(issue, origins), ...issue }));
}

/** The override whose path an issue lies at or below; or above, where that is no longer the phase as a whole. */
function originOf(issue: Issue, origins: ReadonlyMap<string, string>): { readonly origin?: string } {
  for (const [path, origin] of origins) {
    const parts = JSON.parse(path) as readonly string[];
    const shared = Math.min(parts.length, issue.path.length);
    if (shared < parts.length && shared <= 2) continue;
    if (parts.slice(0, shared).every((part, index) => part === String(issue.path[index]))) return { origin };
  }
  return {};
}
