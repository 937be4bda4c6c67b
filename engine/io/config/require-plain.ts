import { OrchestrateError } from "@orchestrate/sdk";
import { formatPath } from "../../core/pipeline/pipeline-issue.ts";
import type { Locate } from "./locate-in.ts";

/** Where a value came from, for errors. */
export interface PlainSource {
  readonly file: string;
  readonly locator: () => Promise<Locate>;
  /** The code of the errors. */
  readonly error: string;
}

/**
 * Refuses all that is not an object of plain JSON: functions, dates, undefined, NaN, keys that reach an object's
 * prototype, YAML's merge keys, and what grows beyond bounds once aliases are written out.
 *
 * @throws OrchestrateError with the code given (input), naming the place and the field.
 */
export async function requirePlain(document: unknown, source: PlainSource): Promise<void> {
  const fault = faultOf(document);
  if (fault === undefined) return;
  const position = (await source.locator())(fault.path);
  const place = position === undefined ? source.file : `${source.file}:${position.line}:${position.column}`;
  const field = fault.path.length === 0 ? "" : `${formatPath(fault.path)} `;
  throw new OrchestrateError({
    error: source.error,
    category: "input",
    detail: `${place} can't be used: ${field}${fault.what}.`,
    hint: fault.hint,
  });
}

interface Fault {
  readonly path: readonly (string | number)[];
  readonly what: string;
  readonly hint: string;
}

const mostValues = 2_000_000;
const deepest = 100;

function faultOf(document: unknown): Fault | undefined {
  if (!isPlainObject(document)) {
    return {
      path: [],
      what: `it holds ${kindOf(document)} and not an object`,
      hint: "Write keys and values: `pipeline: NAME`.",
    };
  }
  const path: (string | number)[] = [];
  let values = 0;
  return visit(document);

  function visit(value: unknown): Fault | undefined {
    if (++values > mostValues) {
      return fault(
        `and what is before it are more than ${mostValues} values once aliases are written out`,
        "Use fewer aliases.",
      );
    }
    if (typeof value === "string" || typeof value === "boolean" || value === null) return undefined;
    if (typeof value === "number") return Number.isFinite(value) ? undefined : notPlain(value);
    if (path.length > deepest)
      return fault(`is nested deeper than ${deepest} levels`, "Keep it flatter; an alias may hold itself.");
    if (Array.isArray(value)) return visitItems(value);
    return isPlainObject(value) ? visitObject(value) : notPlain(value);
  }

  function visitItems(items: readonly unknown[]): Fault | undefined {
    for (let index = 0; index < items.length; index++) {
      path.push(index);
      const found = visit(items[index]);
      if (found !== undefined) return found;
      path.pop();
    }
    return undefined;
  }

  function visitObject(value: object): Fault | undefined {
    for (const key of Object.keys(value)) {
      path.push(key);
      const hint = refusedKeys.get(key);
      const found = hint === undefined ? visit((value as Readonly<Record<string, unknown>>)[key]) : refused(hint);
      if (found !== undefined) return found;
      path.pop();
    }
    return undefined;
  }

  function refused(hint: string): Fault {
    return fault("is a key that is not allowed", hint);
  }

  function notPlain(value: unknown): Fault {
    return fault(
      `is ${kindOf(value)}, which is not plain JSON`,
      "Use strings, numbers, booleans, null, lists and objects.",
    );
  }

  function fault(what: string, hint: string): Fault {
    return { path: [...path], what, hint };
  }
}

const reachesPrototype = "It would reach an object's prototype; choose another name.";

const refusedKeys: ReadonlyMap<string, string> = new Map([
  ["__proto__", reachesPrototype],
  ["constructor", reachesPrototype],
  ["prototype", reachesPrototype],
  ["<<", "YAML 1.2 has no merge keys: write the keys out, or put what is common in a profile."],
]);

function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  // A module namespace has no prototype; a plain object of another realm has one without a prototype of its own.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return `an instance of ${value.constructor?.name ?? "a class"}`;
  if (typeof value === "number") return Number.isFinite(value) ? "a number" : String(value);
  return `a ${typeof value}`;
}
