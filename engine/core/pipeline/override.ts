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
      const phases = Object.keys((result.phases ?? {}) as object);
      const near = nearest(override.path[0]!, [...phases, ...OPTIONS]);
      issues.push({
        path: [],
        message: `"${override.path[0]}" is neither a phase nor an option of the pipeline.`,
        hint: near === undefined ? `The phases are ${phases.join(", ")}.` : `Did you mean "${near}"?`,
        origin: override.origin,
      });
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
  if (Object.hasOwn((document.phases ?? {}) as object, first)) return path.length > 1 ? ["phases", ...path] : undefined;
  if (first === "phases" || OPTIONS.has(first)) return path;
  return undefined;
}

function setAt(document: Record<string, unknown>, path: readonly string[], value: unknown): string | undefined {
  let at: Record<string, unknown> = document;
  for (const [index, part] of path.slice(0, -1).entries()) {
    const next = Object.hasOwn(at, part) ? at[part] : undefined;
    if (next === undefined || next === null) at[part] = {};
    // A shorthand reference gives way: dataset.inputs.images.path=… replaces images: other.output.
    else if (typeof next === "string" && path[0] === "phases" && path[2] === "inputs" && index === 3) at[part] = {};
    else if (typeof next !== "object" || Array.isArray(next)) return path.slice(0, index + 1).join(".");
    at = at[part] as Record<string, unknown>;
  }
  at[path.at(-1)!] = value;
  return undefined;
}
