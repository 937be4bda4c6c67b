import type { Pipeline } from "../pipeline/pipeline.ts";
import { type Resolution, resolvePipeline } from "../pipeline/resolve-pipeline.ts";

/** Resolves a document with nothing laid over it, unless told otherwise. */
export function resolved(document: unknown, resolution: Partial<Resolution> = {}): Pipeline {
  return resolvePipeline(document, { profile: undefined, overrides: [], seed: undefined, ...resolution }).pipeline;
}
