import { createReadStream } from "node:fs";

/** One line that is not blank, and its number from 1. */
export interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

/**
 * The lines of a UTF-8 file, in memory bounded by the longest line. Only a line feed ends a line: JSON text may hold
 * U+2028 and U+2029, at which `node:readline` would split.
 */
export async function* ndjsonLines(path: string): AsyncIterable<NumberedLine> {
  const decoder = new TextDecoder();
  let rest = "";
  let number = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const text of lines) {
      number += 1;
      if (text.trim() !== "") yield { number, text };
    }
  }
  rest += decoder.decode();
  if (rest.trim() !== "") yield { number: number + 1, text: rest };
}
