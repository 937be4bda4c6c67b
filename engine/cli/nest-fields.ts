import type { Json } from "../core/pipeline/pipeline.ts";
import { usageError } from "./report-error.ts";

/**
 * The object that `name=value` options make together: `a.b=1` gives `{ a: { b: 1 } }`.
 *
 * @param option as it is written, as `--with`.
 * @throws OrchestrateError `usage` (input) where one is not name=value, or two say different things of one field.
 */
export function nestFields<T>(
  option: string,
  texts: readonly string[] = [],
  read: (text: string) => T,
): Record<string, Json> {
  const result: Record<string, unknown> = {};
  const given: string[] = [];
  for (const text of texts) {
    const { name, value } = partsOf(option, text);
    const other = given.find((before) => before === name || isInside(before, name) || isInside(name, before));
    if (other !== undefined) throw clash(option, other, name);
    given.push(name);
    put(result, name.split("."), read(value));
  }
  return result as Record<string, Json>;
}

function partsOf(option: string, text: string): { readonly name: string; readonly value: string } {
  const at = text.indexOf("=");
  const name = text.slice(0, at);
  if (at <= 0 || name.split(".").some((part) => part === "" || FORBIDDEN.has(part))) {
    throw usageError(`${option} ${text} is not name=value.`, `Write it as ${option} name=value.`);
  }
  return { name, value: text.slice(at + 1) };
}

/** Names by which an object's prototype could be reached. */
const FORBIDDEN: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

function isInside(outer: string, inner: string): boolean {
  return inner.startsWith(`${outer}.`);
}

function clash(option: string, first: string, second: string) {
  return first === second
    ? usageError(`${option} gives ${first} twice.`, "Give it once.")
    : usageError(
        `${option} gives both ${first} and ${second}, of which one lies inside the other.`,
        "Give the one or the other.",
      );
}

function put(result: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let place = result;
  for (const part of path.slice(0, -1)) {
    place[part] ??= {};
    place = place[part] as Record<string, unknown>;
  }
  place[path.at(-1)!] = value;
}
