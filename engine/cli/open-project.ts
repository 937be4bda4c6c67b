import { parseOverride } from "../core/pipeline/override.ts";
import type { Json, Pipeline } from "../core/pipeline/pipeline.ts";
import { PipelineIssues } from "../core/pipeline/pipeline-issue.ts";
import { resolvePipeline } from "../core/pipeline/resolve-pipeline.ts";
import type { FoundDocument } from "../io/config/find-document.ts";
import { readDocument } from "../io/config/load-document.ts";
import { builtInProfiles } from "./built-in-profiles.ts";
import { placeIssues } from "./place-issues.ts";
import { readNumber } from "./read-number.ts";
import { readProfile } from "./read-profile.ts";

/** The options that say which pipeline, and how it is resolved. */
export interface ProjectOptions {
  readonly file?: string;
  readonly profile?: string;
  readonly set?: readonly string[];
  readonly seed?: string;
}

/** A pipeline as resolved, and where it came from. */
export interface Project {
  readonly pipeline: Pipeline;
  /** The resolved document, which resolves to the same pipeline again. */
  readonly resolved: Json;
  /** The pipeline's directory. */
  readonly root: string;
  readonly file: string;
  readonly profile: string | null;
  readonly overrides: readonly string[];
  /** Says where in the file the issues are. */
  place(error: unknown): Promise<unknown>;
}

/** Reads and resolves a pipeline. @throws OrchestrateError for bad input, with file, line and column. */
export async function openProject(found: FoundDocument, options: ProjectOptions): Promise<Project> {
  const loaded = await readDocument(found);
  const place = (error: unknown) => placeIssues(error, loaded);
  const places = { root: loaded.root, builtIn: builtInProfiles() };
  const profile = options.profile === undefined ? undefined : await readProfile(options.profile, places);
  try {
    const overrides = await readOverrides(options.set ?? []);
    const wrong = overrides.filter((override) => "message" in override);
    if (wrong.length > 0) throw new PipelineIssues(wrong);
    const resolution = {
      profile,
      overrides: overrides.filter((override) => "value" in override),
      seed: options.seed === undefined ? undefined : readNumber("--seed", options.seed, { from: 0 }),
    };
    const { pipeline, resolved, originOf } = resolvePipeline(loaded.document, resolution);
    return {
      pipeline,
      resolved,
      root: loaded.root,
      file: loaded.file,
      profile: options.profile ?? null,
      overrides: options.set ?? [],
      place: (error) => placeIssues(error, loaded, originOf),
    };
  } catch (error) {
    throw await place(error);
  }
}

/** The parser of YAML is loaded only where there is something to parse. */
async function readOverrides(texts: readonly string[]) {
  if (texts.length === 0) return [];
  const { parseScalar } = await import("../io/config/parse-scalar.ts");
  return texts.map((text) => parseOverride(text, parseScalar));
}
