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
  for (const { 0: written, index: offset } of text.matchAll(LONG)) {
    const number = Number(written);
    if (!Number.isSafeInteger(number) && holds(document, number)) return { written, offset };
  }
  return undefined;
}

const LONG = /(?<![\w.+-])[+-]?\d{16,}(?![\w.])/g;

/** The digits may stand in text as well. */
function holds(value: unknown, number: number): boolean {
  if (typeof value !== "object" || value === null) return value === number;
  return Object.values(value).some((part) => holds(part, number));
}
