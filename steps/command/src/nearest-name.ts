/** The name that takes the fewest edits, if it takes fewer than half the letters of what was written. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const ranked = names.map((name) => ({ name, edits: distance(written, name) })).sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best !== undefined && best.edits * 2 < written.length ? best.name : undefined;
}

/** The Levenshtein distance, by one row of the table at a time. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...from].entries()) {
    const above = row;
    row = [index + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (above[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1);
      row.push(Math.min(replaced, (above[column] ?? 0) + 1, (row[column - 1] ?? 0) + 1));
    }
  }
  return row.at(-1) ?? 0;
}
