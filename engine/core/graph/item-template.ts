import type { Json } from "../pipeline/pipeline.ts";

const TEMPLATE = /(\$)?\$\{item((?:\.[A-Za-z0-9_-]+)*)\}/g;

/** Whether any text in `value` speaks of the item of a fan-out. */
export function mentionsItem(value: Json): boolean {
  if (typeof value === "string")
    return value.includes("${item") && [...value.matchAll(TEMPLATE)].some(([, escaped]) => !escaped);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((part: Json) => mentionsItem(part));
}

/**
 * Puts the item into `value`: a text that is one `${item.field}` becomes the field's value with its type, within other
 * text it becomes text. `$${item}` becomes the text `${item}`.
 *
 * @throws RangeError naming a field that the item does not have.
 */
export function fillItem(value: Json, item: Json): Json {
  if (typeof value === "string") return fillText(value, item);
  if (Array.isArray(value)) return value.map((part) => fillItem(part, item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, fillItem(part as Json, item)]));
}

function fillText(text: string, item: Json): Json {
  if (!text.includes("${item")) return text;
  const whole = new RegExp(`^${TEMPLATE.source}$`).exec(text);
  if (whole !== null && whole[1] === undefined) return lookUp(item, whole[2]!);
  return text.replaceAll(TEMPLATE, (match, escaped: string | undefined, path: string) =>
    escaped === undefined ? asText(lookUp(item, path)) : match.slice(1),
  );
}

/**
 * The item for a step that puts in templates of its own: with a dollar that could be part of one, in it or with what
 * comes after it, written `${$}`, so that all of it stays what it is.
 */
export function itemAsData(item: Json): Json {
  if (typeof item === "string") return item.replaceAll(/\$(?=\$*(\{|$))/g, () => "${$}");
  if (Array.isArray(item)) return item.map(itemAsData);
  if (typeof item !== "object" || item === null) return item;
  const fields = Object.entries(item).map(([key, value]: [string, Json]) => [itemAsData(key), itemAsData(value)]);
  return Object.fromEntries(fields);
}

/** Text as it is, anything else as JSON. */
export function asText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function lookUp(item: Json, path: string): Json {
  let at: Json = item;
  for (const field of path.split(".").slice(1)) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, field)) {
      throw new RangeError(`the item ${JSON.stringify(item)} has no field "${field}"`);
    }
    at = (at as Record<string, Json>)[field]!;
  }
  return at;
}
