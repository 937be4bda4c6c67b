import { ManifestError } from "./manifest-error.ts";

/**
 * JSON as RFC 8785 (JCS) writes it: no white space, keys sorted by UTF-16 code units, numbers and strings as ECMAScript
 * writes them. Equal values give equal text.
 *
 * @throws ManifestError `not-json` (input), naming the place, for what JSON can't hold: undefined, NaN, infinities,
 * bigint, functions, symbols, lone surrogates, objects that are not plain, and nesting deeper than 1,000 levels.
 */
export function canonicalJson(value: unknown): string {
  return write(value, []);
}

const deepest = 1000;

function write(value: unknown, trail: (string | number)[]): string {
  switch (typeof value) {
    case "string":
      return writeString(value, trail);
    case "number":
      if (!Number.isFinite(value)) throw notJson(trail, `the number ${value}`);
      return JSON.stringify(value);
    case "boolean":
      return value ? "true" : "false";
    case "object":
      if (value === null) return "null";
      if (trail.length >= deepest) throw notJson(trail.slice(0, 5), `nesting of more than ${deepest} levels`);
      return Array.isArray(value) ? writeArray(value, trail) : writeObject(value, trail);
    case "undefined":
    case "function":
    case "symbol":
    case "bigint":
      throw notJson(trail, `a value of type ${typeof value}`);
  }
}

function writeString(value: string, trail: readonly (string | number)[]): string {
  if (!value.isWellFormed()) throw notJson(trail, "text with half a surrogate pair");
  return JSON.stringify(value);
}

function writeArray(value: readonly unknown[], trail: (string | number)[]): string {
  let text = "[";
  for (let index = 0; index < value.length; index++) {
    trail.push(index);
    text += (index === 0 ? "" : ",") + write(value[index], trail);
    trail.pop();
  }
  return `${text}]`;
}

function writeObject(value: object, trail: (string | number)[]): string {
  if (!isPlain(value)) throw notJson(trail, `an object of class ${value.constructor?.name ?? "unknown"}`);
  let text = "{";
  // The default order of sort() is by UTF-16 code units, which is what RFC 8785 asks for.
  for (const key of Object.keys(value).sort()) {
    trail.push(key);
    text += `${(text === "{" ? "" : ",") + writeString(key, trail)}:${write((value as Record<string, unknown>)[key], trail)}`;
    trail.pop();
  }
  return `${text}}`;
}

/** A prototype without a prototype is the Object.prototype of some realm. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

function notJson(trail: readonly (string | number)[], what: string): ManifestError {
  const place = trail.map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`)).join("");
  return new ManifestError({
    error: "not-json",
    category: "input",
    detail: `Found ${what} at $${place}, which JSON can't hold.`,
    hint: "Use plain objects, arrays, text, finite numbers, booleans and null; leave out what has no value.",
  });
}
