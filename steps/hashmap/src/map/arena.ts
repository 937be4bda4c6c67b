import { CHUNK_WORDS, chunkWords, FIRST_CHUNK_WORDS } from "./chunk-words.ts";
import { liveRecords } from "./live-records.ts";
import {
  copyBytes,
  DEAD,
  keyLengthOf,
  lengthsOf,
  MAX_KEY_BYTES,
  MAX_VALUE_BYTES,
  valueLengthOf,
  wordsOf,
  wordsOfRecord,
} from "./record.ts";
import { tooLong } from "./too-long.ts";

const OFFSET_BITS = 16;
const OFFSET_MASK = CHUNK_WORDS - 1;

/**
 * Where the keys and values lie: records in chunks of bytes, so that no object is made for an entry and nothing large
 * is ever copied in order to grow. An address is a number above 0: the chunk, then the word in it.
 * Dead records stay until their chunk is emptied (see `Sweep`).
 */
export class Arena {
  readonly #bytes: Uint8Array[] = [new Uint8Array(FIRST_CHUNK_WORDS * 4)];
  readonly #words: Int32Array[] = [new Int32Array(this.#bytes[0]!.buffer)];
  /** Words of each chunk that are written; address 0 means none, so the first chunk begins at 1. */
  readonly #ends: number[] = [1];
  /** Words of each chunk that live records take. */
  readonly #live: number[] = [0];
  readonly #vacant: number[] = [];
  #open = 0;
  #usedWords = 1;
  #liveWords = 0;
  #allocatedBytes = FIRST_CHUNK_WORDS * 4;

  /** Bytes allocated, used or not. */
  get allocatedBytes(): number {
    return this.#allocatedBytes;
  }

  /** The share of the written bytes that no live record takes. */
  get deadRatio(): number {
    return 1 - (this.#liveWords + 1) / this.#usedWords;
  }

  /** Words that no live record takes. */
  get deadWords(): number {
    return this.#usedWords - this.#liveWords - 1;
  }

  get chunkCount(): number {
    return this.#bytes.length;
  }

  /** Writes a record, and gives its address. @throws StepError `map-key-too-long`, `map-value-too-long`. */
  write(source: Uint8Array, keyStart: number, keyEnd: number, valueStart: number, valueEnd: number): number {
    const keyLength = keyEnd - keyStart;
    const valueLength = valueEnd - valueStart;
    if (keyLength > MAX_KEY_BYTES) throw tooLong("key", keyLength, MAX_KEY_BYTES);
    if (valueLength > MAX_VALUE_BYTES) throw tooLong("value", valueLength, MAX_VALUE_BYTES);
    const words = wordsOf(keyLength, valueLength);
    const address = this.#allocate(words);
    const chunk = address >>> OFFSET_BITS;
    const offset = address & OFFSET_MASK;
    this.#words[chunk]![offset] = lengthsOf(keyLength, valueLength);
    const bytes = this.#bytes[chunk]!;
    const at = (offset + 1) * 4;
    copyBytes(source, keyStart, keyEnd, bytes, at);
    copyBytes(source, valueStart, valueEnd, bytes, at + keyLength);
    return address;
  }

  /**
   * Puts another value in the place of a record's, where it fits exactly; says whether it did.
   *
   * @throws StepError `map-value-too-long`.
   */
  overwrite(address: number, source: Uint8Array, valueStart: number, valueEnd: number): boolean {
    const chunk = address >>> OFFSET_BITS;
    const offset = address & OFFSET_MASK;
    const lengths = this.#words[chunk]![offset]!;
    const keyLength = keyLengthOf(lengths);
    const valueLength = valueEnd - valueStart;
    if (valueLength > MAX_VALUE_BYTES) throw tooLong("value", valueLength, MAX_VALUE_BYTES);
    if (wordsOf(keyLength, valueLength) !== wordsOfRecord(lengths)) return false;
    this.#words[chunk]![offset] = lengthsOf(keyLength, valueLength);
    copyBytes(source, valueStart, valueEnd, this.#bytes[chunk]!, (offset + 1) * 4 + keyLength);
    return true;
  }

  /** Whether the record's key is the bytes of `source` from `start` to before `end`. */
  matches(address: number, source: Uint8Array, start: number, end: number): boolean {
    const chunk = address >>> OFFSET_BITS;
    const offset = address & OFFSET_MASK;
    const length = end - start;
    if (keyLengthOf(this.#words[chunk]![offset]!) !== length) return false;
    const bytes = this.#bytes[chunk]!;
    const at = (offset + 1) * 4;
    for (let index = 0; index < length; index++) if (bytes[at + index] !== source[start + index]) return false;
    return true;
  }

  /** Marks a record as dead. */
  free(address: number): void {
    const words = this.#words[address >>> OFFSET_BITS]!;
    const offset = address & OFFSET_MASK;
    const size = wordsOfRecord(words[offset]!);
    words[offset]! |= DEAD;
    this.#live[address >>> OFFSET_BITS]! -= size;
    this.#liveWords -= size;
  }

  /** A copy of a record's key. */
  key(address: number): Uint8Array {
    const { bytes, at, keyLength } = this.#locate(address);
    return bytes.slice(at, at + keyLength);
  }

  /** A copy of a record's value. */
  value(address: number): Uint8Array {
    const { bytes, at, keyLength, valueLength } = this.#locate(address);
    return bytes.slice(at + keyLength, at + keyLength + valueLength);
  }

  /** The hash of a record's key. */
  hash(address: number, hash: { of(bytes: Uint8Array, start: number, end: number): number }): number {
    const { bytes, at, keyLength } = this.#locate(address);
    return hash.of(bytes, at, at + keyLength);
  }

  /** Writes a record anew, in the open chunk, and lets the old one die. */
  relocate(address: number): number {
    const { bytes, at, keyLength, valueLength } = this.#locate(address);
    const moved = this.write(bytes, at, at + keyLength, at + keyLength, at + keyLength + valueLength);
    this.free(address);
    return moved;
  }

  /** The share of a chunk's written words that are dead; 0 for the open chunk, which is still written to. */
  deadShare(chunk: number): number {
    const end = this.#ends[chunk]!;
    return chunk === this.#open || end === 0 ? 0 : 1 - this.#live[chunk]! / end;
  }

  /** The first address of a chunk, dead or not; undefined where nothing is written in it. */
  first(chunk: number): number | undefined {
    return this.#within(chunk, chunk === 0 ? 1 : 0);
  }

  /** The address after a record in its chunk, dead or not; undefined behind the last. */
  next(address: number): number | undefined {
    const chunk = address >>> OFFSET_BITS;
    const offset = address & OFFSET_MASK;
    return this.#within(chunk, offset + wordsOfRecord(this.#words[chunk]![offset]!));
  }

  isLive(address: number): boolean {
    return this.#words[address >>> OFFSET_BITS]![address & OFFSET_MASK]! >= 0;
  }

  /** Whether a live record could lie there: used by checks, which believe nothing. */
  holds(address: number): boolean {
    const chunk = address >>> OFFSET_BITS;
    return chunk < this.#ends.length && (address & OFFSET_MASK) < this.#ends[chunk]! && this.isLive(address);
  }

  /** Every count that is not what the records add up to. */
  faults(): string[] {
    const live = this.#live.map(() => 0);
    for (const address of liveRecords(this)) {
      live[address >>> OFFSET_BITS]! += wordsOfRecord(this.#words[address >>> OFFSET_BITS]![address & OFFSET_MASK]!);
    }
    const wrong = live.flatMap((words, chunk) => (words === this.#live[chunk] ? [] : [chunk]));
    const total = live.reduce((sum, words) => sum + words, 0);
    return [
      ...wrong.map((chunk) => `chunk ${chunk} counts ${this.#live[chunk]} live words and holds ${live[chunk]}`),
      ...(total === this.#liveWords ? [] : [`the arena counts ${this.#liveWords} live words and holds ${total}`]),
    ];
  }

  /** Gives the memory of a chunk back in which no record lives. */
  release(chunk: number): void {
    this.#usedWords -= this.#ends[chunk]! - (chunk === 0 ? 1 : 0);
    this.#allocatedBytes -= this.#bytes[chunk]!.length;
    this.#ends[chunk] = 0;
    this.#bytes[chunk] = new Uint8Array(0);
    this.#words[chunk] = new Int32Array(0);
    this.#vacant.push(chunk);
  }

  /** Writes to another chunk from now on, so that the one written to so far can be swept. */
  close(): void {
    this.#open = this.#vacant.pop() ?? this.#bytes.length;
    this.#ends[this.#open] = this.#open === 0 ? 1 : 0;
    this.#live[this.#open] = 0;
    this.#place(this.#open, new Uint8Array(chunkWords(this.#liveWords) * 4));
  }

  #within(chunk: number, offset: number): number | undefined {
    return offset < this.#ends[chunk]! ? (chunk << OFFSET_BITS) | offset : undefined;
  }

  #locate(address: number) {
    const chunk = address >>> OFFSET_BITS;
    const offset = address & OFFSET_MASK;
    const lengths = this.#words[chunk]![offset]!;
    return {
      bytes: this.#bytes[chunk]!,
      at: (offset + 1) * 4,
      keyLength: keyLengthOf(lengths),
      valueLength: valueLengthOf(lengths),
    };
  }

  #allocate(words: number): number {
    while (this.#ends[this.#open]! + words > this.#words[this.#open]!.length) this.#grow();
    const offset = this.#ends[this.#open]!;
    this.#ends[this.#open] = offset + words;
    this.#live[this.#open]! += words;
    this.#usedWords += words;
    this.#liveWords += words;
    return (this.#open << OFFSET_BITS) | offset;
  }

  /** A chunk that is small, for what lives or for a record that is to come, doubles; behind any other the next one is opened. */
  #grow(): void {
    const size = this.#words[this.#open]!.length;
    const isEmpty = this.#ends[this.#open]! <= 1;
    if (size === CHUNK_WORDS || (size >= chunkWords(this.#liveWords) && !isEmpty)) {
      this.close();
      return;
    }
    const grown = new Uint8Array(size * 8);
    grown.set(this.#bytes[this.#open]!);
    this.#place(this.#open, grown);
    this.#allocatedBytes -= size * 4;
  }

  #place(chunk: number, bytes: Uint8Array): void {
    this.#bytes[chunk] = bytes;
    this.#words[chunk] = new Int32Array(bytes.buffer);
    this.#allocatedBytes += bytes.length;
  }
}
