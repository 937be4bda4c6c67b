import { FRAME_HEADER, FRAME_WORDS } from "../stream/format.ts";
import { encodeInto, fillBytes, imul, setBytes, subarray } from "./primordials.ts";

/** Appends one frame to the stream, whole. */
export type AppendFrame = (frame: Uint8Array) => void;

/**
 * Collects records of one thread in words, and appends them in frames. A step costs one store; all else is written
 * word by word. Nothing in here calls code of the program.
 */
export class EventBuffer {
  readonly #append: AppendFrame;
  readonly #thread: number;
  #bytes: Uint8Array<ArrayBuffer>;
  #words: Uint32Array;
  #ints: Int32Array;
  readonly #floats = new Float64Array(1);
  readonly #floatWords = new Uint32Array(this.#floats.buffer);
  #used = FRAME_HEADER;
  #limit: number;
  /** Where a record began that has not ended; -1 where none has. */
  #open = -1;
  readonly #encoder = new TextEncoder();

  /** It is flushed once it holds `limit` words; a record that goes beyond makes it grow. */
  constructor(thread: number, append: AppendFrame, limit: number = FRAME_WORDS) {
    this.#thread = thread;
    this.#append = append;
    this.#limit = limit;
    this.#bytes = new Uint8Array(limit * 6);
    this.#words = new Uint32Array(this.#bytes.buffer, 0, limit + (limit >> 1));
    this.#ints = new Int32Array(this.#bytes.buffer, 0, limit + (limit >> 1));
  }

  /** From here on every record is appended at once: the process may end at any time. */
  unbuffer(): void {
    this.flush();
    this.#limit = FRAME_HEADER;
  }

  step(site: number): void {
    if (this.#open >= 0) this.#takeBack();
    if (this.#used >= this.#limit) this.flush();
    this.#words[this.#used++] = site << 4;
  }

  /**
   * Begins a record, which `end` makes whole. Records are flushed between, never within. One that was begun and not
   * ended, because the program's stack overflowed in the midst of it, is taken back.
   */
  begin(op: number, operand: number): void {
    if (this.#open >= 0) this.#takeBack();
    if (this.#used >= this.#limit) this.flush();
    this.#open = this.#used;
    this.#words[this.#used++] = op | (operand << 4);
  }

  end(): void {
    this.#open = -1;
  }

  #takeBack(): void {
    this.#used = this.#open;
    this.#open = -1;
  }

  word(word: number): void {
    if (this.#used >= this.#words.length) this.#grow(1);
    this.#words[this.#used++] = word;
  }

  int(value: number): void {
    if (this.#used >= this.#words.length) this.#grow(1);
    this.#ints[this.#used++] = value;
  }

  float(value: number): void {
    this.#floats[0] = value;
    this.word(this.#floatWords[0]!);
    this.word(this.#floatWords[1]!);
  }

  /** A text after its length in bytes. */
  text(text: string): void {
    const at = this.#used;
    this.word(0);
    this.#words[at] = this.#utf8(text);
  }

  /** A word that holds `tag` and the length of the text in bytes above it, `extra` where there is one, and the text. */
  taggedText(tag: number, text: string, extra?: number): void {
    const at = this.#used;
    this.word(0);
    if (extra !== undefined) this.word(extra);
    this.#words[at] = tag | (this.#utf8(text) << 4);
  }

  bytes(bytes: Uint8Array): void {
    const words = (bytes.length + 3) >> 2;
    if (this.#used + words > this.#words.length) this.#grow(words);
    setBytes(this.#bytes, bytes, this.#used * 4);
    fillBytes(this.#bytes, 0, this.#used * 4 + bytes.length, (this.#used + words) * 4);
    this.#used += words;
  }

  /** Where the next record goes; it is not flushed before that record is whole. */
  mark(): number {
    if (this.#open >= 0) this.#takeBack();
    if (this.#used >= this.#limit) this.flush();
    return this.#used;
  }

  /** Where the next word goes. */
  position(): number {
    return this.#used;
  }

  /** Takes back what was written since `mark`. */
  rewind(mark: number): void {
    this.#used = mark;
    this.#open = -1;
  }

  /** A digest of what was written since `mark`: equal words, equal digest; 53 bits. */
  digest(mark: number): number {
    let high = 0x811c9dc5;
    let low = 0x1b873593;
    for (let at = mark; at < this.#used; at += 1) {
      high = imul(high ^ this.#words[at]!, 0x01000193);
      low = imul(low ^ this.#words[at]!, 0x85ebca6b);
      low ^= low >>> 13;
      high ^= high >>> 15;
    }
    return (high >>> 0) * 0x200000 + (low >>> 11);
  }

  flush(): void {
    if (this.#open >= 0) this.#takeBack();
    if (this.#used === FRAME_HEADER) return;
    const used = this.#used;
    this.#used = FRAME_HEADER;
    this.#words[0] = this.#thread;
    this.#words[1] = this.#thread;
    this.#words[2] = used - FRAME_HEADER;
    this.#append(subarray(this.#bytes, 0, used * 4));
  }

  #utf8(text: string): number {
    const room = ((text.length * 3) >> 2) + 2;
    if (this.#used + room > this.#words.length) this.#grow(room);
    const { written } = encodeInto(this.#encoder, text, subarray(this.#bytes, this.#used * 4));
    const words = (written + 3) >> 2;
    fillBytes(this.#bytes, 0, this.#used * 4 + written, (this.#used + words) * 4);
    this.#used += words;
    return written;
  }

  #grow(words: number): void {
    const bytes = new Uint8Array((this.#words.length * 2 + words) * 4);
    setBytes(bytes, this.#bytes, 0);
    this.#bytes = bytes;
    this.#words = new Uint32Array(bytes.buffer);
    this.#ints = new Int32Array(bytes.buffer);
  }
}
