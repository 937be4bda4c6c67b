/**
 * Two texts to be shown side by side, each of at most `most` characters: where they are longer, from shortly before the
 * place at which they part, since two long ones often begin alike.
 */
export function shortenPair(before: string, after: string, most: number): readonly [before: string, after: string] {
  const parting = firstDifference(before, after);
  const start =
    Math.max(before.length, after.length) <= most || parting < most / 2 ? 0 : parting - Math.floor(most / 3);
  return [excerpt(before, start, most), excerpt(after, start, most)];
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
  return at;
}

function excerpt(text: string, start: number, most: number): string {
  const opening = start === 0 ? "" : "…";
  const rest = text.slice(start);
  const room = most - opening.length;
  return opening + (rest.length > room ? `${rest.slice(0, room - 1)}…` : rest);
}
