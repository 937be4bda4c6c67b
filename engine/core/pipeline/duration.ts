const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `500ms`, `30s`, `1.5m`, `2h`. */
export const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/;

/** Milliseconds of a duration that matches `DURATION`. */
export function parseDuration(text: string): number {
  const match = DURATION.exec(text);
  if (match === null) throw new RangeError(`not a duration: ${text}`);
  return Math.round(Number(match[1]) * UNITS[match[2]!]!);
}

/** What a timer can wait for, 2³¹ − 1 ms: Node fires one that is set for longer at once. */
const LONGEST = 2_147_483_647;

/** Whether a text that matches `DURATION` can be waited for. */
export function fitsTimer(text: string): boolean {
  return parseDuration(text) <= LONGEST;
}
