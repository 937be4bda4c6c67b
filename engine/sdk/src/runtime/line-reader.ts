/** Cuts a stream of bytes into lines. */
export interface LineReader {
  push(chunk: Uint8Array): void;
  /** Gives the last line, where no line feed ended it. */
  end(): void;
}

/** The longest line that is kept, in UTF-16 code units. */
export const LONGEST = 64 * 1024;

/** What stands in place of the rest of a longer line. */
export const CUT = " … [cut]";

/** How far the mask looks beyond the cut, so that no part of a secret up to this length is left at the edge. */
const OVERLAP = 4096;

/**
 * Gives every line to `take`, masked, without its line feed and a carriage return before it. Invalid UTF-8 is replaced
 * by U+FFFD. A line longer than 64 KiB is cut, with a mark, so that memory stays bounded.
 */
export function lineReader(mask: (line: string) => string, take: (line: string) => void): LineReader {
  const decoder = new TextDecoder();
  let line = "";

  const emit = () => {
    const whole = line.endsWith("\r") ? line.slice(0, -1) : line;
    line = "";
    take(whole.length <= LONGEST ? mask(whole) : cut(mask(whole)));
  };
  const feed = (text: string) => {
    const pieces = text.split("\n");
    for (const [index, piece] of pieces.entries()) {
      if (line.length < LONGEST + OVERLAP) line += piece.slice(0, LONGEST + OVERLAP - line.length);
      if (index < pieces.length - 1) emit();
    }
  };

  return {
    push: (chunk) => feed(decoder.decode(chunk, { stream: true })),
    end() {
      feed(decoder.decode());
      if (line !== "") emit();
    },
  };
}

/** What lies beyond the cut may hold a part of a secret, also where masking has made the line shorter. */
function cut(masked: string): string {
  return masked.slice(0, Math.max(0, Math.min(LONGEST, masked.length - OVERLAP))) + CUT;
}
