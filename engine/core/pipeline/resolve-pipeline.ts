import { isLaidBy, overlay, type Profile } from "./overlay.ts";
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

/** For a document that is taken as it is, as the one that run.json keeps. */
const AS_WRITTEN: Resolution = { profile: undefined, overrides: [], seed: undefined };

/** A pipeline as resolved. */
export interface Resolved {
  readonly pipeline: Pipeline;
  /** The resolved document, which resolves to the same pipeline with nothing laid over it. */
  readonly resolved: Json;
  readonly originOf: OriginOf;
}

/** The override or the profile that an issue comes from; undefined where that is the pipeline itself. */
export type OriginOf = (issue: Issue) => string | undefined;

/**
 * Resolves a document: profile laid over it, overrides set, all of it checked as a whole.
 *
 * @param resolution default: nothing is laid over it.
 * @throws PipelineIssues with every issue found.
 */
export function resolvePipeline(document: unknown, resolution: Resolution = AS_WRITTEN): Resolved {
  const written = parseBySchema(PipelineDocument, document);
  if ("issues" in written) throw new PipelineIssues(written.issues);
  const laid =
    resolution.profile === undefined
      ? { merged: document as Record<string, unknown>, issues: [] }
      : overlay(document as Record<string, unknown>, resolution.profile);
  const overrides = [...seedOverride(resolution.seed), ...resolution.overrides];
  if (overrides.length === 0 && laid.merged === document) {
    return { pipeline: parsePipeline(written.value), resolved: document as Json, originOf: () => undefined };
  }
  const set = applyOverrides(laid.merged, overrides);
  const issues: readonly Issue[] = [...laid.issues, ...set.issues];
  if (issues.length > 0) throw new PipelineIssues(issues);
  const { profile } = resolution;
  const originOf: OriginOf = (issue) =>
    overrideOf(issue, set.origins) ??
    (profile !== undefined && isLaidBy(profile, issue.path, set.document) ? profile.origin : undefined);
  try {
    const parsed = parseBySchema(PipelineDocument, set.document);
    if ("issues" in parsed) throw new PipelineIssues(parsed.issues);
    return { pipeline: parsePipeline(parsed.value), resolved: set.document as Json, originOf };
  } catch (error) {
    if (!(error instanceof PipelineIssues)) throw error;
    throw new PipelineIssues(attributeIssues(error.issues, originOf));
  }
}

function seedOverride(seed: number | undefined): readonly Override[] {
  return seed === undefined ? [] : [{ path: ["seed"], value: seed, origin: `--seed ${seed}` }];
}

/** Says of every issue that does not come from the pipeline itself what it comes from. */
export function attributeIssues(issues: readonly Issue[], originOf: OriginOf): readonly Issue[] {
  return issues.map((issue) => {
    const origin = issue.origin ?? originOf(issue);
    return origin === undefined ? issue : { ...issue, origin };
  });
}

/** The override whose path an issue lies at or below; or above, where that is no longer the phase as a whole. */
function overrideOf(issue: Issue, origins: ReadonlyMap<string, string>): string | undefined {
  for (const [path, origin] of origins) {
    const parts = JSON.parse(path) as readonly string[];
    const shared = Math.min(parts.length, issue.path.length);
    if (shared < parts.length && shared <= 2) continue;
    if (parts.slice(0, shared).every((part, index) => part === String(issue.path[index]))) return origin;
  }
  return undefined;
}
