/** "Did you mean …?" for the name nearest to `wrong`, or a list of what there is; empty where there is nothing. */
export function suggest(wrong: string, names: Iterable<string>): string {
  const all = [...names];
  const near = nearest(wrong, all);
  if (near !== undefined) return `Did you mean "${near}"?`;
  if (all.length === 0) return "";
  const shown = all.slice(0, 8).map((name) => `"${name}"`);
  return `There ${all.length === 1 ? "is" : "are"} ${shown.join(", ")}${all.length > shown.length ? ", …" : ""}.`;
}

/** The name with the least edit distance, where that is at most a third of the longer name's length. */
export function nearest(wrong: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const distance = editDistance(wrong.toLowerCase(), name.toLowerCase());
    if (distance < least && distance <= Math.max(1, Math.floor(Math.max(wrong.length, name.length) / 3))) {
      best = name;
      least = distance;
    }
  }
  return best;
}

/** Levenshtein distance, transpositions counted as one (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + cost);
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length]!;
}
