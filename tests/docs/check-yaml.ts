import { parse } from "yaml";
import { parseProfile } from "../../engine/core/pipeline/overlay.ts";
import { PipelineDocument } from "../../engine/core/pipeline/pipeline-schema.ts";

const Part = PipelineDocument.partial();

/** Checks what a page shows in YAML without naming a file: a pipeline, a profile, or a part of a pipeline. */
export function checkYaml(text: string): void {
  const document: unknown = parse(text);
  if (typeof document !== "object" || document === null) throw new Error("it is no map");
  if ("pipeline" in document) PipelineDocument.parse(document);
  else if ("profile" in document) {
    const profile = parseProfile(document, "profile");
    if ("issues" in profile) throw new Error(JSON.stringify(profile.issues));
  } else Part.parse(document);
}
