import type { CodeMemory } from "../compiled/compiled-code.ts";
import { type MapCode, mapCode } from "./map-code.ts";
import { mapFull } from "./map-full.ts";
import { type RecordHead, recordHead } from "./record.ts";

/** Whom the map's code asks and tells. */
export interface MapHost {
  /** Replaces the present table by another one, if one would do better; says whether it did. */
  consider(): boolean;
  /** A sweep came to its end. */
  swept(): void;
  /** Writes down the time at which so many rows of a batch are done. */
  stamp(rows: number): void;
}

/** The memory of one map, with the code that works on it, and what can be read there. */
export class MapMemory {
  readonly code: MapCode;
  readonly #memory: CodeMemory;
  #words: Int32Array<ArrayBuffer>;
  #bytes: Uint8Array<ArrayBuffer>;
  #staging = 0;
  #stagingBytes = 0;

  constructor({ consider, swept, stamp }: MapHost) {
    this.code = mapCode.instantiate({ host: { consider, swept, stamp, full: mapFull } });
    if (this.code.memory === undefined) throw new TypeError("map.wasm has no memory: build the package anew.");
    this.#memory = this.code.memory;
    this.#words = new Int32Array(this.#memory.buffer);
    this.#bytes = new Uint8Array(this.#memory.buffer);
  }

  /** All of it, in words of four bytes; good until the map takes more. */
  get words(): Int32Array<ArrayBuffer> {
    if (this.#words.length === 0) this.#words = new Int32Array(this.#memory.buffer);
    return this.#words;
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    if (this.#bytes.length === 0) this.#bytes = new Uint8Array(this.#memory.buffer);
    return this.#bytes;
  }

  /** So many words at a place. */
  wordsAt(place: number, length: number): Int32Array<ArrayBuffer> {
    const start = place >>> 2;
    return this.words.subarray(start, start + length);
  }

  doublesAt(place: number, length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.#memory.buffer, place >>> 0, length);
  }

  /** A place for so many bytes that others write; it is the same one every time, where it is large enough. */
  stage(length: number): number {
    if (length <= this.#stagingBytes) return this.#staging;
    const bytes = 2 ** Math.ceil(Math.log2(Math.max(length, LEAST_STAGING)));
    const place = this.code.take(bytes) >>> 0;
    if (this.#staging !== 0) this.code.give(this.#staging, this.#stagingBytes);
    this.#staging = place;
    this.#stagingBytes = bytes;
    return place;
  }

  /** Stages a range of bytes. */
  stageRange(source: Uint8Array, start: number, end: number): number {
    const place = this.stage(end - start);
    const bytes = this.bytes;
    // A loop is faster than the call for the few bytes of most keys.
    if (end - start > 48) bytes.set(source.subarray(start, end), place);
    else for (let index = start; index < end; index++) bytes[place + index - start] = source[index]!;
    return place;
  }

  head(address: number): RecordHead {
    return recordHead(this.words[this.code.recordAt(address) >>> 2]!);
  }

  /** A copy of a record's key. */
  key(address: number): Uint8Array {
    const at = (this.code.recordAt(address) >>> 0) + 4;
    return this.bytes.slice(at, at + this.head(address).keyLength);
  }

  /** A copy of a record's value. */
  value(address: number): Uint8Array {
    const { keyLength, valueLength } = this.head(address);
    const at = (this.code.recordAt(address) >>> 0) + 4 + keyLength;
    return this.bytes.slice(at, at + valueLength);
  }

  /** The hash of a record's key. */
  hash(address: number): number {
    return this.code.hashOf(this.code.recordAt(address) + 4, this.head(address).keyLength);
  }

  /** The addresses of all records that live, in the order in which they lie. */
  *liveRecords(): Iterable<number> {
    for (let chunk = 0; chunk < this.code.chunkCount(); chunk++) {
      for (let address = this.code.firstRecord(chunk); address !== 0; address = this.code.nextRecord(address)) {
        if (this.head(address).isLive) yield address;
      }
    }
  }
}

const LEAST_STAGING = 1024;
