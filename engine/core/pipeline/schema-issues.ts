import type { z } from "@orchestrate/sdk";
import { suggest } from "../suggest.ts";
import type { Issue } from "./pipeline-issue.ts";
import { knownKeys, schemaAt, unionOption } from "./schema-walk.ts";

/** Parses by a schema; on failure gives every issue in words, unknown keys with the nearest valid one. */
export function parseBySchema<T extends z.ZodType>(
  schema: T,
  document: unknown,
): { readonly value: z.output<T> } | { readonly issues: readonly Issue[] } {
  const result = schema.safeParse(document, { reportInput: true });
  if (result.success) return { value: result.data };
  return { issues: result.error.issues.flatMap((issue) => toIssues(issue, schema, [])) };
}

/** The issues of what lies at `base` and should be as `schema` says. */
function toIssues(issue: z.core.$ZodIssue, schema: unknown, base: readonly (string | number)[]): readonly Issue[] {
  const below = issue.path.map((part) => (typeof part === "symbol" ? String(part) : part));
  const path = [...base, ...below];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: "this key is not known.",
        hint: suggest(key, knownKeys(schemaAt(schema, below))),
      }));
    case "invalid_key":
      return issue.issues.flatMap((inner) => toIssues(inner, undefined, path));
    case "invalid_union": {
      const nearest = issue.errors.map(depth).reduce((best, each, index, all) => (each > all[best]! ? index : best), 0);
      const branch = issue.errors[nearest] ?? [];
      if (depth(branch) === 0) return [{ path, message: unionMessage(issue), hint: "" }];
      const option = unionOption(schemaAt(schema, below), nearest);
      return branch.flatMap((inner) => toIssues(inner, option, path));
    }
    case "invalid_type": {
      return [{ path, message: `${typeWords(issue)}.`, hint: "" }];
    }
    default:
      return [{ path, message: `${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}.`, hint: "" }];
  }
}

/** How far a branch of a union came: one that refuses the very type of the value is none that was meant. */
function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length + (issue.code === "invalid_type" ? 0 : 1)));
}

/** What must be there, in the schema's own words where it has some. */
function typeWords({ input, expected, message }: z.core.$ZodIssueInvalidType): string {
  if (input === undefined) return "is missing";
  return message.startsWith("Invalid input") ? `must be ${WORDS[expected] ?? expected}` : message;
}

function unionMessage({ message }: z.core.$ZodIssue): string {
  return message === "Invalid input" ? "does not have an allowed form." : `${message}.`;
}

const WORDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "a map",
  record: "a map",
  array: "a list",
};
