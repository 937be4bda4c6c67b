/**
 * Milliseconds since 1970 of a date, or of the whole second of a timestamp, as they travel; infinite for `infinity`.
 * Within the years that JavaScript knows, which are 271,821 before and after.
 */
export function toMilliseconds(text: string): number {
  if (text.endsWith("infinity")) return text.startsWith("-") ? -Infinity : Infinity;
  const [, year, month, day, era, time = ""] = /^(\d+)-(\d\d)-(\d\d)( \(BC\))?(?: (\d\d:\d\d:\d\d))?/.exec(text) ?? [];
  const [hours = 0, minutes = 0, seconds = 0] = time.split(":").map(Number);
  // There is no year 0: 1 BC comes before 1.
  const astronomical = era === undefined ? Number(year) : 1 - Number(year);
  return (
    new Date(0).setUTCFullYear(astronomical, Number(month) - 1, Number(day)) +
    ((hours * 60 + minutes) * 60 + seconds) * 1000
  );
}

/** The timestamp, as it travels and without a fraction, of that many milliseconds since 1970. */
export function fromMilliseconds(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) return milliseconds < 0 ? "-infinity" : "infinity";
  const at = new Date(milliseconds);
  const year = at.getUTCFullYear();
  const [, rest = "", time = ""] = /^.+?(-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(at.toISOString()) ?? [];
  const era = year > 0 ? "" : " (BC)";
  return `${String(year > 0 ? year : 1 - year).padStart(4, "0")}${rest}${era} ${time}`;
}
