import { give, take } from "./blocks";
import { ARENA } from "./places";
import { copyBytes, DEAD, keyLengthOf, lengthsOf, sameBytes, valueLengthOf, wordsOf, wordsOfRecord } from "./record";

const OFFSET_BITS = 16;
/** Most words of four bytes in a chunk; a power of two. */
const CHUNK_WORDS = 1 << OFFSET_BITS;
const OFFSET_MASK = CHUNK_WORDS - 1;
const FIRST_CHUNK_WORDS = 1 << 10;

@unmanaged
export class Chunk {
  start: usize;
  /** Words that it has room for, that are written, and that live records take. */
  words: i32;
  end: i32;
  live: i32;
  /** Of the list of vacant chunks: the next one's number and one; 0 is none. */
  nextVacant: i32;
}

/**
 * Where the keys and values lie: records in chunks, so that nothing large is ever copied in order to grow. An address
 * is a number above 0: the chunk, then the word in it. Dead records stay until their chunk is emptied (see `Sweep`).
 */
@unmanaged
export class Arena {
  chunks: usize;
  room: i32;
  count: i32;
  open: i32;
  vacant: i32;
  usedWords: i32;
  liveWords: i32;
  /** Bytes of all chunks. */
  bytes: usize;

  init(): void {
    this.room = 16;
    this.chunks = take(this.room * offsetof<Chunk>());
    this.count = 1;
    this.usedWords = 1;
    this.place(0, FIRST_CHUNK_WORDS);
    this.chunk(0).end = 1;
  }

  chunk(number: i32): Chunk {
    return changetype<Chunk>(this.chunks + <usize>number * offsetof<Chunk>());
  }

  /** Where a record lies. */
  record(address: i32): usize {
    return this.chunk(address >>> OFFSET_BITS).start + ((<usize>(address & OFFSET_MASK)) << 2);
  }

  /** Writes a record, and gives its address. */
  write(key: usize, keyLength: i32, value: usize, valueLength: i32): i32 {
    const address = this.allocate(wordsOf(keyLength, valueLength));
    const record = this.record(address);
    store<i32>(record, lengthsOf(keyLength, valueLength));
    copyBytes(key, keyLength, record + 4);
    copyBytes(value, valueLength, record + 4 + keyLength);
    return address;
  }

  /** Puts another value in the place of a record's, where it fits exactly; says whether it did. */
  overwrite(address: i32, value: usize, valueLength: i32): bool {
    const record = this.record(address);
    const lengths = load<i32>(record);
    const keyLength = keyLengthOf(lengths);
    if (wordsOf(keyLength, valueLength) !== wordsOfRecord(lengths)) return false;
    store<i32>(record, lengthsOf(keyLength, valueLength));
    copyBytes(value, valueLength, record + 4 + keyLength);
    return true;
  }

  matches(address: i32, key: usize, length: i32): bool {
    const record = this.record(address);
    return keyLengthOf(load<i32>(record)) === length && sameBytes(record + 4, key, length);
  }

  /** Marks a record as dead. */
  free(address: i32): void {
    const record = this.record(address);
    const lengths = load<i32>(record);
    const words = wordsOfRecord(lengths);
    store<i32>(record, lengths | DEAD);
    this.chunk(address >>> OFFSET_BITS).live -= words;
    this.liveWords -= words;
  }

  /** Writes a record anew, in the open chunk, and lets the old one die. */
  relocate(address: i32): i32 {
    const record = this.record(address);
    const lengths = load<i32>(record);
    const keyLength = keyLengthOf(lengths);
    const moved = this.write(record + 4, keyLength, record + 4 + keyLength, valueLengthOf(lengths));
    this.free(address);
    return moved;
  }

  /** Words that no live record takes. */
  deadWords(): i32 {
    return this.usedWords - this.liveWords - 1;
  }

  deadRatio(): f64 {
    return 1 - <f64>(this.liveWords + 1) / <f64>this.usedWords;
  }

  /** The share of a chunk's written words that are dead; 0 for the open chunk, which is still written to. */
  deadShare(number: i32): f64 {
    const chunk = this.chunk(number);
    return number === this.open || chunk.end === 0 ? 0 : 1 - <f64>chunk.live / <f64>chunk.end;
  }

  /** The first address of a chunk, dead or not; 0 where nothing is written in it. */
  first(number: i32): i32 {
    return this.within(number, number === 0 ? 1 : 0);
  }

  /** The address after a record in its chunk, dead or not; 0 behind the last. */
  next(address: i32): i32 {
    return this.within(
      address >>> OFFSET_BITS,
      (address & OFFSET_MASK) + wordsOfRecord(load<i32>(this.record(address))),
    );
  }

  /** Gives the memory of a chunk back in which no record lives. */
  release(number: i32): void {
    const chunk = this.chunk(number);
    this.usedWords -= chunk.end - (number === 0 ? 1 : 0);
    this.drop(chunk);
    chunk.end = 0;
    chunk.nextVacant = this.vacant;
    this.vacant = number + 1;
  }

  /** Writes to another chunk from now on, so that the one written to so far can be swept. */
  close(): void {
    const number = this.vacant === 0 ? this.count : this.vacant - 1;
    if (number === this.room) this.makeRoom();
    this.place(number, chunkWords(this.liveWords));
    const chunk = this.chunk(number);
    if (number === this.count) this.count++;
    else this.vacant = chunk.nextVacant;
    chunk.end = number === 0 ? 1 : 0;
    chunk.live = 0;
    this.open = number;
  }

  private within(number: i32, offset: i32): i32 {
    return offset < this.chunk(number).end ? (number << OFFSET_BITS) | offset : 0;
  }

  private allocate(words: i32): i32 {
    let chunk = this.chunk(this.open);
    while (chunk.end + words > chunk.words) {
      this.grow();
      chunk = this.chunk(this.open);
    }
    const offset = chunk.end;
    chunk.end += words;
    chunk.live += words;
    this.usedWords += words;
    this.liveWords += words;
    return (this.open << OFFSET_BITS) | offset;
  }

  /**
   * A chunk that is small, for what lives or for a record that is to come, doubles; behind any other the next one is
   * opened.
   */
  private grow(): void {
    const chunk = this.chunk(this.open);
    const words = chunk.words;
    const start = chunk.start;
    if (words === CHUNK_WORDS || (words >= chunkWords(this.liveWords) && chunk.end > 1)) {
      this.close();
      return;
    }
    this.place(this.open, words * 2);
    memory.copy(chunk.start, start, (<usize>words) << 2);
    give(start, (<usize>words) << 2);
    this.bytes -= (<usize>words) << 2;
  }

  private place(number: i32, words: i32): void {
    const bytes = (<usize>words) << 2;
    const start = take(bytes);
    const chunk = this.chunk(number);
    chunk.start = start;
    chunk.words = words;
    this.bytes += bytes;
  }

  private drop(chunk: Chunk): void {
    const bytes = (<usize>chunk.words) << 2;
    give(chunk.start, bytes);
    chunk.words = 0;
    this.bytes -= bytes;
  }

  private makeRoom(): void {
    const bytes = <usize>this.room * offsetof<Chunk>();
    const chunks = take(bytes * 2);
    memory.copy(chunks, this.chunks, bytes);
    give(this.chunks, bytes);
    this.chunks = chunks;
    this.room *= 2;
  }
}

export const arena = changetype<Arena>(ARENA);

/** Words of a new chunk: about an eighth of what lives, so that little lies idle. */
function chunkWords(liveWords: i32): i32 {
  const eighth = 1 << (31 - <i32>clz(max(1, liveWords >> 3)));
  return min(CHUNK_WORDS, max(FIRST_CHUNK_WORDS, eighth));
}
