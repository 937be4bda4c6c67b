export const LF = 10;
const CR = 13;
export const QUOTE = 34;
const COMMA = 44;

/** Refuses what stands at a byte. */
export type Fault = (at: number, what: string) => never;

/**
 * Finds the three fields of a row of CSV (RFC 4180, LF or CRLF). Where fields lie is told by `starts` and `ends`,
 * without their quotes.
 */
export class RowScanner {
  readonly starts = new Int32Array(3);
  readonly ends = new Int32Array(3);
  /** Bytes of each field once it is unescaped. */
  readonly lengths = new Int32Array(3);
  /** Line breaks inside of the row's quoted fields. */
  newlines = 0;
  /** Of the present field. */
  #doubledQuotes = 0;
  readonly #fault: Fault;

  constructor(fault: Fault) {
    this.#fault = fault;
  }

  /** The place behind the row's line break, or -1 where the row goes on behind `end`. */
  scan(bytes: Uint8Array, start: number, end: number): number {
    this.newlines = 0;
    let position = start;
    for (let field = 0; ; field++) {
      if (field === 3) this.#fault(position, "there are more than three columns");
      const isQuoted = bytes[position] === QUOTE;
      this.#doubledQuotes = 0;
      const stop = isQuoted ? this.#behindQuoted(bytes, position, end) : behindPlain(bytes, position, end);
      if (stop >= end) return -1;
      this.starts[field] = isQuoted ? position + 1 : position;
      this.ends[field] = isQuoted ? stop - 1 : stop;
      this.lengths[field] = this.ends[field]! - this.starts[field]! - this.#doubledQuotes;
      const byte = bytes[stop]!;
      if (byte === COMMA) {
        position = stop + 1;
        continue;
      }
      if (byte === CR && stop + 1 === end) return -1;
      const next = byte === LF ? stop + 1 : byte === CR && bytes[stop + 1] === LF ? stop + 2 : -1;
      if (next === -1) this.#fault(stop, MISPLACED[byte] ?? "there is text behind a closing quote");
      if (field < 2) this.#fault(stop, `there ${field === 0 ? "is one column" : "are two columns"}, not three`);
      return next;
    }
  }

  /** The place behind the closing quote; `end` where there is none before it. */
  #behindQuoted(bytes: Uint8Array, start: number, end: number): number {
    for (let position = start + 1; position < end; position++) {
      const byte = bytes[position]!;
      if (byte === LF) this.newlines++;
      else if (byte === QUOTE) {
        if (position + 1 === end || bytes[position + 1] !== QUOTE) return position + 1;
        this.#doubledQuotes++;
        position++;
      }
    }
    return end;
  }
}

const MISPLACED: Readonly<Record<number, string>> = {
  [QUOTE]: "there is a quote inside of a field that is not quoted",
  [CR]: "there is a carriage return without a line feed",
};

/** The place of the first byte that ends a field that is not quoted, or may not stand in one. */
function behindPlain(bytes: Uint8Array, start: number, end: number): number {
  let position = start;
  for (; position < end; position++) {
    const byte = bytes[position]!;
    if (byte <= COMMA && (byte === COMMA || byte === LF || byte === CR || byte === QUOTE)) break;
  }
  return position;
}
