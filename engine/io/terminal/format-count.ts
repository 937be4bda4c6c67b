/** `1 phase`, `2 phases`: for nouns that take an s. */
export function formatCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
