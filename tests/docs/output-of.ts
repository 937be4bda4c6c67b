/**
 * Makes an output comparable: what differs from one run or machine to the next becomes a word, and spaces become one.
 */
export function comparable(output: string): readonly string[] {
  return output
    .split("\n")
    .map((line) =>
      line
        .replaceAll(/\d{8}T\d{6}Z-[a-z0-9]{4}/g, "RUN")
        .replaceAll(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
        .replaceAll(/sha256:[0-9a-f]+…?/g, "DIGEST")
        .replaceAll(/\b[\d.]+ (?:ms|s|min|h)\b/g, "DURATION")
        .replaceAll(/\s+/g, " ")
        .trim(),
    )
    .filter((line) => line !== "");
}

/**
 * The lines that a page shows and that were not printed. Their order is free: phases that run side by side have none.
 */
export function linesNotPrinted(shown: string, printed: string): readonly string[] {
  const left = [...comparable(printed)];
  return comparable(shown).filter((line) => {
    const found = left.findIndex((text) => text.includes(line));
    if (found >= 0) left.splice(found, 1);
    return found < 0;
  });
}
