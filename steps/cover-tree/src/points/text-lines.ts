/**
 * The lines of a UTF-8 text, but empty ones at its end, one at a time: a text as a whole may be longer than a string
 * can be. They end with line feeds, or with carriage returns where there is no line feed.
 */
export class TextLines implements Iterable<string> {
  readonly #text: Buffer;
  readonly #end: number;

  constructor(bytes: Uint8Array) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const start = text.subarray(0, MARK.length).equals(MARK) ? MARK.length : 0;
    this.#text = withoutBlankEnd(text.subarray(start));
    this.#end = text.includes("\n") ? 0x0a : 0x0d;
  }

  count(): number {
    let count = 0;
    for (const _ of this.#ends()) count++;
    return count;
  }

  *[Symbol.iterator](): Generator<string> {
    let start = 0;
    for (const end of this.#ends()) {
      yield this.#text.toString("utf8", start, end);
      start = end + 1;
    }
  }

  *#ends(): Generator<number> {
    for (let start = 0; start < this.#text.length; ) {
      const found = this.#text.indexOf(this.#end, start);
      const end = found < 0 ? this.#text.length : found;
      yield end;
      start = end + 1;
    }
  }
}

/** The byte order mark. */
const MARK = Buffer.from("\uFEFF");

/** Up to the end of the last line that is not blank. */
function withoutBlankEnd(text: Buffer): Buffer {
  let last = text.length - 1;
  while (last >= 0 && isBlank(text[last]!)) last--;
  if (last < 0) return text.subarray(0, 0);
  let end = last + 1;
  while (end < text.length && !isLineEnd(text[end]!)) end++;
  return text.subarray(0, end);
}

/** A blank, a tab, or the end of a line. */
function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || isLineEnd(byte);
}

function isLineEnd(byte: number): boolean {
  return byte === 0x0a || byte === 0x0d;
}
