import { statSync } from "node:fs";
import { pathBelow } from "./path-below.ts";

/**
 * The files of the project that a config names in the fields that the contract calls `codeFields`: as written, to
 * absolute path below `root`, the pipeline's directory. What is no existing file there is left out.
 */
export function projectFiles(
  config: unknown,
  codeFields: readonly string[],
  root: string,
): Readonly<Record<string, string>> {
  const named = codeStrings(config, codeFields).map((text) => [text, pathBelow(root, text)] as const);
  return Object.fromEntries(named.filter((pair): pair is [string, string] => pair[1] !== undefined && isFile(pair[1])));
}

/** The strings that stand in the named top-level fields of a config, each once, in order. */
export function codeStrings(config: unknown, fields: readonly string[]): readonly string[] {
  if (typeof config !== "object" || config === null) return [];
  const values = fields.flatMap((field) => (Object.hasOwn(config, field) ? [Reflect.get(config, field)] : []));
  return [...new Set(values.flatMap(stringsOf))];
}

function stringsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).filter((inner) => typeof inner === "string");
}

/** Any string may stand there, so that one which can't be a path, being too long, names no file. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
