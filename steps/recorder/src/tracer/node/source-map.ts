import type { Instrumented } from "./instrument/instrument.ts";

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * A source map from instrumented code to its source, with a segment for each token (ECMA-426). Node shows by it the line
 * of an uncaught exception.
 */
export function sourceMap(url: string, source: string, { tokens, lineStarts, columns }: Instrumented): string {
  const lines: string[] = [];
  let token = 0;
  let lastLine = 0;
  let lastColumn = 0;
  for (const [line, start] of lineStarts.entries()) {
    const end = lineStarts[line + 1] ?? Number.POSITIVE_INFINITY;
    const marks = columns.get(line) ?? [];
    let mark = 0;
    let shift = 0;
    let lastGenerated = 0;
    const segments: string[] = [];
    for (; token < tokens.length && tokens[token]! < end; token += 1) {
      const column = tokens[token]! - start;
      for (; mark < marks.length && marks[mark]![1] <= column; mark += 1) shift = marks[mark]![0] - marks[mark]![1];
      const generated = column + shift;
      segments.push(vlq(generated - lastGenerated) + "A" + vlq(line - lastLine) + vlq(column - lastColumn));
      [lastGenerated, lastLine, lastColumn] = [generated, line, column];
    }
    lines.push(segments.join(","));
  }
  const map = { version: 3, sources: [url], sourcesContent: [source], names: [], mappings: lines.join(";") };
  return `data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString("base64")}`;
}

function vlq(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = "";
  do {
    const digit = rest & 31;
    rest >>>= 5;
    text += DIGITS[rest > 0 ? digit | 32 : digit];
  } while (rest > 0);
  return text;
}
