import type { z } from "@orchestrate/sdk";
import { suggest } from "../suggest.ts";
import type { Issue } from "./pipeline-issue.ts";

/** Parses by a schema; on failure gives every issue in words, unknown keys with the nearest valid one. */
export function parseBySchema<T extends z.ZodType>(
  schema: T,
  document: unknown,
): { readonly value: z.output<T> } | { readonly issues: readonly Issue[] } {
  const result = schema.safeParse(document);
  if (result.success) return { value: result.data };
  return { issues: result.error.issues.flatMap((issue) => toIssues(issue, schema, [])) };
}

/** The same issues for one `z.core.$ZodIssue`, below `base`. */
function toIssues(issue: z.core.$ZodIssue, schema: z.ZodType, base: readonly (string | number)[]): readonly Issue[] {
  const path = [...base, ...issue.path.map((part) => (typeof part === "symbol" ? String(part) : part))];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: "this key is not known.",
        hint: suggest(key, keysAt(schema, path)),
      }));
    case "invalid_union": {
      const closest = issue.errors.toSorted((a, b) => depth(b) - depth(a))[0];
      if (closest === undefined || depth(closest) === 0)
        return [{ path, message: "does not have an allowed form.", hint: "" }];
      return closest.flatMap((inner) => toIssues(inner, schema, path));
    }
    default:
      return [{ path, message: `${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}.`, hint: "" }];
  }
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length + (issue.code === "invalid_type" ? 0 : 1)));
}

/** The keys that an object schema knows at `path`; record keys are stepped over. */
function keysAt(schema: z.ZodType, path: readonly (string | number)[]): readonly string[] {
  let at: unknown = schema;
  for (const part of path) {
    const def = unwrap(at);
    if (def?.type === "object") at = (def.shape as Record<string, unknown> | undefined)?.[String(part)];
    else if (def?.type === "record") at = def.valueType;
    else if (def?.type === "array") at = def.element;
    else return [];
  }
  const def = unwrap(at);
  return def?.type === "object" ? Object.keys(def.shape as object) : [];
}

interface Definition {
  readonly type: string;
  readonly shape?: unknown;
  readonly valueType?: unknown;
  readonly element?: unknown;
  readonly innerType?: unknown;
}

function unwrap(schema: unknown): Definition | undefined {
  let def = (schema as { def?: Definition } | undefined)?.def;
  while (def?.innerType !== undefined) def = (def.innerType as { def?: Definition }).def;
  return def;
}
