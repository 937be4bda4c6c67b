import { nearest } from "../suggest.ts";
import type { Issue } from "./pipeline-issue.ts";

/** One `--set`: a path and a value, as it was written for messages. */
export interface Override {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly origin: string;
}

const OPTIONS: ReadonlySet<string> = new Set([
  "durability",
  "reuse",
  "verify",
  "concurrency",
  "services",
  "follow",
  "state",
  "seed",
]);

/**
 * Reads `train.with.epochs=2`: dots part the path, the value is a YAML scalar, read by `parseScalar`. The path begins
 * with a phase, or with an option of the pipeline.
 */
export function parseOverride(text: string, parseScalar: (text: string) => unknown): Override | Issue {
  const origin = `--set ${text}`;
  const split = text.indexOf("=");
  if (split < 0)
    return { path: [], message: 'must contain "=".', hint: "Write it as --set train.with.epochs=2.", origin };
  const path = text.slice(0, split).split(".");
  const forbidden = path.find(
    (part) => part === "" || part === "__proto__" || part === "constructor" || part === "prototype",
  );
  if (forbidden !== undefined) {
    return {
      path: [],
      message: `"${text.slice(0, split)}" is not a path.`,
      hint: "Write it as --set train.with.epochs=2.",
      origin,
    };
  }
  return { path, value: parseScalar(text.slice(split + 1)), origin };
}

/** Applies overrides to a pipeline's document, making maps on the way; the whole is checked afterwards. */
export function applyOverrides(
  document: Readonly<Record<string, unknown>>,
  overrides: readonly Override[],
): {
  readonly document: Record<string, unknown>;
  readonly issues: readonly Issue[];
  readonly origins: ReadonlyMap<string, string>;
} {
  const result = structuredClone(document) as Record<string, unknown>;
  const issues: Issue[] = [];
  const origins = new Map<string, string>();
  for (const override of overrides) {
    const path = fullPath(override.path, result);
    if (path === undefined) {
      issues.push({ path: [], ...describeUnknown(override.path[0]!, result), origin: override.origin });
      continue;
    }
    const blocked = setAt(result, path, override.value);
    if (blocked !== undefined) {
      issues.push({
        path: [],
        message: `"${blocked}" is not a map, so nothing can be set below it.`,
        hint: "",
        origin: override.origin,
      });
      continue;
    }
    origins.set(JSON.stringify(path), override.origin);
  }
  return { document: result, issues, origins };
}

function fullPath(path: readonly string[], document: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const first = path[0]!;
  if (path.length > 1 && Object.hasOwn((document.phases ?? {}) as object, first)) return ["phases", ...path];
  if (first === "phases" || OPTIONS.has(first)) return path;
  return undefined;
}

function describeUnknown(
  first: string,
  document: Readonly<Record<string, unknown>>,
): { readonly message: string; readonly hint: string } {
  const phases = Object.keys((document.phases ?? {}) as object);
  if (phases.includes(first)) {
    return { message: `"${first}" is a phase.`, hint: `Say what of it is to be set: --set ${first}.with.NAME=VALUE.` };
  }
  const near = nearest(first, [...phases, ...OPTIONS]);
  return {
    message: `"${first}" is neither a phase nor an option of the pipeline.`,
    hint: near === undefined ? `The phases are ${phases.join(", ")}.` : `Did you mean "${near}"?`,
  };
}

function setAt(document: Record<string, unknown>, path: readonly string[], value: unknown): string | undefined {
  let at: Record<string, unknown> = document;
  for (const [index, part] of path.slice(0, -1).entries()) {
    const next = Object.hasOwn(at, part) ? at[part] : undefined;
    // A wiring has one key, so the old one gives way: dataset.inputs.images.path=… replaces images: other.output.
    const isWiring = index === 3 && path[0] === "phases" && path[2] === "inputs";
    if (next === undefined || next === null || isWiring) at[part] = {};
    else if (typeof next !== "object" || Array.isArray(next)) return path.slice(0, index + 1).join(".");
    at = at[part] as Record<string, unknown>;
  }
  at[path.at(-1)!] = value;
  return undefined;
}
