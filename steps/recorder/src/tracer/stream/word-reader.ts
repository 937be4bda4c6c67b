/** Reads the words of a frame, one after the other. */
export class WordReader {
  readonly #words: Uint32Array;
  readonly #bytes: Buffer;
  readonly #end: number;
  readonly #float = new Float64Array(1);
  readonly #floatWords = new Uint32Array(this.#float.buffer);
  at: number;

  constructor(words: Uint32Array, begin: number, end: number) {
    this.#words = words;
    this.#bytes = Buffer.from(words.buffer, words.byteOffset, words.byteLength);
    this.at = begin;
    this.#end = end;
  }

  get ended(): boolean {
    return this.at >= this.#end;
  }

  /** @throws RangeError where the frame has no more words. */
  word(): number {
    if (this.at >= this.#end) throw new RangeError("a record goes beyond the end of its frame");
    return this.#words[this.at++]!;
  }

  int(): number {
    return this.word() | 0;
  }

  long(): bigint {
    const low = BigInt(this.word());
    return (BigInt(this.int()) << 32n) | low;
  }

  float(): number {
    this.#floatWords[0] = this.word();
    this.#floatWords[1] = this.word();
    return this.#float[0]!;
  }

  /** A text that stands after its length. */
  text(): string {
    return this.textOf(this.word());
  }

  textOf(length: number): string {
    const begin = this.#take(length);
    return this.#bytes.toString("utf8", begin, begin + length);
  }

  bytes(length: number): Buffer {
    const begin = this.#take(length);
    return this.#bytes.subarray(begin, begin + length);
  }

  #take(length: number): number {
    const begin = this.at * 4;
    this.at += Math.ceil(length / 4);
    if (this.at > this.#end) throw new RangeError("a text goes beyond the end of its frame");
    return begin;
  }
}
