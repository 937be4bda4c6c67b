import type { z } from "zod";
import { StepError } from "../errors.ts";
import { issueText } from "./issue-text.ts";

/**
 * A value as JSON on one line, keys in the order given, after the check against the schema. What JSON can't hold is an
 * error: `JSON.stringify` alone would turn NaN into null and leave out functions.
 *
 * @throws StepError `output-invalid`; `what` begins its detail, as `Output "counts"`.
 */
export function jsonText(what: string, schema: z.ZodType | undefined, value: unknown): string {
  const parsed = schema?.safeParse(value);
  if (parsed?.success === false) {
    throw invalid(`${what} does not have the declared shape: ${issueText(parsed.error)}.`, parsed.error);
  }
  let text: string | undefined;
  try {
    // A function that is asked about every value makes `JSON.stringify` three times as slow.
    text = isPlain(value, DEPTH) ? JSON.stringify(value) : JSON.stringify(value, refuseUnplain);
  } catch (error) {
    throw invalid(`${what} is not plain JSON: ${error instanceof Error ? error.message : String(error)}.`, error);
  }
  if (text === undefined) throw invalid(`${what} is not plain JSON: there is no value.`, undefined);
  return text;
}

/** How deep a value is looked into; one that holds itself has no end. */
const DEPTH = 64;

/** Whether JSON surely holds all of a value; where it may not, `refuseUnplain` says what it can't hold. */
function isPlain(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case "string":
    case "boolean":
      return true;
    case "number":
      return Number.isFinite(value);
    case "object":
      if (value === null) return true;
      if (depth === 0) return false;
      if (Array.isArray(value)) return holdsPlainItems(value, depth - 1);
      return isRecord(value) && holdsPlain(value, depth - 1);
    default:
      return false;
  }
}

function holdsPlainItems(items: readonly unknown[], depth: number): boolean {
  for (let index = 0; index < items.length; index++) if (!isPlain(items[index], depth)) return false;
  return true;
}

/** A property that is undefined is left out. */
function holdsPlain(value: Readonly<Record<string, unknown>>, depth: number): boolean {
  for (const key in value) if (value[key] !== undefined && !isPlain(value[key], depth)) return false;
  return true;
}

function isRecord(value: object): value is Readonly<Record<string, unknown>> {
  return Object.getPrototypeOf(value) === Object.prototype;
}

function refuseUnplain(this: unknown, key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError(`${place(key)} is ${value}`);
  if (typeof value === "function" || typeof value === "symbol")
    throw new TypeError(`${place(key)} is a ${typeof value}`);
  if (value === undefined && Array.isArray(this)) throw new TypeError(`${place(key)} is undefined`);
  if (holdsNothing(value))
    throw new TypeError(`${place(key)} is of class ${value.constructor?.name}, of which JSON keeps nothing`);
  return value;
}

/** A map, a set, a promise: JSON would have an empty object in its place. */
function holdsNothing(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return !isPlainObject(value) && Object.keys(value).length === 0;
}

/** A prototype without a prototype is the Object.prototype of some realm. */
function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function place(key: string): string {
  return key === "" ? "the value" : `the value of "${key}"`;
}

function invalid(detail: string, cause: unknown): StepError {
  const hint = "Mend the step, or the schema that it declares for this output.";
  return new StepError({ error: "output-invalid", detail, hint }, { cause });
}
