import { suggest } from "../suggest.ts";
import type { Json } from "./pipeline.ts";
import type { Issue } from "./pipeline-issue.ts";
import { ProfileDocument } from "./pipeline-schema.ts";
import { parseBySchema } from "./schema-issues.ts";

/** A profile with the file it came from, for messages. */
export interface Profile {
  readonly document: ProfileDocument;
  readonly origin: string;
}

/** Checks a profile's document. */
export function parseProfile(
  document: unknown,
  origin: string,
): { readonly profile: Profile } | { readonly issues: readonly Issue[] } {
  const parsed = parseBySchema(ProfileDocument, document);
  if ("issues" in parsed) return { issues: parsed.issues };
  return { profile: { document: parsed.value, origin } };
}

/**
 * Lays a profile over a pipeline's document: maps are merged key by key, everything else is replaced, and so is the
 * wiring of an input. What a profile says by step goes under what it says by phase; a step that the pipeline does not
 * use is no error, a phase is.
 */
export function overlay(
  pipeline: Readonly<Record<string, unknown>>,
  profile: Profile,
): { readonly merged: Record<string, unknown>; readonly issues: readonly Issue[] } {
  const {
    phases = {},
    steps = {},
    profile: _name,
    description: _d,
    workload: _w,
    tags: _t,
    $schema: _s,
    ...options
  } = profile.document;
  const merged: Record<string, unknown> = merge(pipeline, options as Json);
  const written = isMap(merged.phases) ? merged.phases : {};
  const issues = Object.keys(phases)
    .filter((name) => !Object.hasOwn(written, name))
    .map(
      (name): Issue => ({
        path: ["phases", name],
        message: `the profile speaks of a phase "${name}" that the pipeline does not have.`,
        hint: suggest(name, Object.keys(written)),
        origin: profile.origin,
      }),
    );
  merged.phases = Object.fromEntries(
    Object.entries(written).map(([name, phase]) => {
      if (!isMap(phase)) return [name, phase];
      const byStep = typeof phase.step === "string" && Object.hasOwn(steps, phase.step) ? steps[phase.step] : undefined;
      const byName = Object.hasOwn(phases, name) ? phases[name] : undefined;
      return [
        name,
        [byStep, byName].reduce<unknown>(
          (below, above) => (above === undefined ? below : layOver(below, above)),
          phase,
        ),
      ];
    }),
  );
  return { merged, issues };
}

/** Whether what stands at a path of the merged document is something that the profile laid there. */
export function isLaidBy(
  { document }: Profile,
  path: Issue["path"],
  merged: Readonly<Record<string, unknown>>,
): boolean {
  const { phases = {}, steps = {}, ...options } = document;
  const [first, name, ...below] = path;
  if (first !== "phases") return holds(options, path);
  if (typeof name !== "string" || below.length === 0) return false;
  const phase = isMap(merged.phases) ? merged.phases[name] : undefined;
  const step = isMap(phase) && typeof phase.step === "string" ? phase.step : "";
  return holds(phases, [name, ...below]) || holds(steps, [step, ...below]);
}

function holds(value: unknown, [part, ...below]: Issue["path"]): boolean {
  if (part === undefined) return true;
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return false;
  return holds((value as Readonly<Record<string | number, unknown>>)[part], below);
}

function layOver(below: unknown, above: unknown): Record<string, unknown> {
  const merged = merge(below, above);
  const { inputs } = above as Record<string, unknown>;
  if (isMap(inputs) && isMap(merged.inputs)) merged.inputs = { ...merged.inputs, ...inputs };
  return merged;
}

function merge(below: unknown, above: unknown): Record<string, unknown> {
  const result: Record<string, unknown> = { ...(below as Record<string, unknown>) };
  for (const [key, value] of Object.entries(above as Record<string, unknown>)) {
    if (value === undefined) continue;
    const old = Object.hasOwn(result, key) ? result[key] : undefined;
    result[key] = isMap(old) && isMap(value) ? merge(old, value) : value;
  }
  return result;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
