/**
 * The fields of a log line as JSON, each text and each name in them masked.
 *
 * @throws TypeError where JSON has no words for them, as for what holds itself or a bigint.
 */
export function fieldsText(fields: Readonly<Record<string, unknown>>, mask: (text: string) => string): string {
  return JSON.stringify(fields, (_, value: unknown) => masked(value, mask)) ?? "null";
}

/** An object's names are masked here, what they stand for when its turn comes. */
function masked(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === "string") return mask(value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  if (Object.keys(value).every((name) => mask(name) === name)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [mask(name), inner]));
}
