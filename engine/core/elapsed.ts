/** Milliseconds from one time to another, both ISO 8601; 0 where the clock was set back between them. */
export function elapsed(started: string, finished: string): number {
  return Math.max(0, Date.parse(finished) - Date.parse(started));
}
