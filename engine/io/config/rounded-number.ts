/** A whole number of a text, as it was written, and where. */
export interface RoundedNumber {
  readonly written: string;
  readonly offset: number;
}

/**
 * The first whole number that a parsed document does not hold as it was written, since it has more digits than a number
 * keeps: as 12345678901234567890, an id that would silently become another one.
 */
export function roundedNumber(text: string, document: unknown): RoundedNumber | undefined {
  let held: ReadonlySet<unknown> | undefined;
  for (const { 0: written, index: offset } of text.matchAll(LONG)) {
    const number = Number(written);
    if (Number.isSafeInteger(number)) continue;
    // The digits may stand in text as well.
    held ??= valuesIn(document);
    if (held.has(number)) return { written, offset };
  }
  return undefined;
}

const LONG = /(?<![\w.+-])[+-]?\d{16,}(?![\w.])/g;

/** All that a document holds, at any depth; what aliases repeat is gone through once. */
function valuesIn(document: unknown): ReadonlySet<unknown> {
  const values = new Set([document]);
  for (const value of values) {
    if (typeof value === "object" && value !== null) for (const below of Object.values(value)) values.add(below);
  }
  return values;
}
