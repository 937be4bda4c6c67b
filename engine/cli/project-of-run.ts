import { resolve } from "node:path";
import type { RunDocument } from "@orchestrate/manifests";
import { resolvePipeline } from "../core/pipeline/resolve-pipeline.ts";
import type { Pinned } from "../core/plan/instance-facts.ts";
import type { Project } from "./open-project.ts";

/** The pipeline as it was when the run began, whatever its file says now. */
export function projectOf(directory: string, document: RunDocument): Project {
  const { pipeline, resolved } = resolvePipeline(document.resolved);
  const root = resolve(directory, document.root);
  const { profile, overrides } = document;
  return {
    pipeline,
    resolved,
    root,
    file: resolve(root, document.file ?? "."),
    profile,
    overrides,
    place: async (error) => error,
  };
}

/** What its `previous` inputs were pinned to, with absolute paths. */
export function pinnedOf(directory: string, { previous }: RunDocument): ReadonlyMap<string, Pinned> {
  return new Map(
    Object.entries(previous).map(([reference, pinned]) => [
      reference,
      pinned === null ? null : { ...pinned, path: resolve(directory, pinned.path) },
    ]),
  );
}
