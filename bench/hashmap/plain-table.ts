/**
 * The plain loop: linear probing over one array of offsets and hashes and one of bytes, of a fixed size, with nothing
 * that a map needs beside: it neither grows nor deletes nor counts. Its hash is one that JavaScript computes fast.
 * Records are as a map's: lengths, key, value, in whole words.
 */
export class PlainTable {
  readonly #slots: Int32Array;
  readonly #mask: number;
  readonly #bytes: Uint8Array;
  #end = 4;

  /** Room for `entries` records of at most 20 bytes. */
  constructor(capacity: number, entries: number) {
    this.#slots = new Int32Array(capacity * 2);
    this.#mask = capacity - 1;
    this.#bytes = new Uint8Array(4 + entries * 20);
  }

  get allocatedBytes(): number {
    return this.#slots.byteLength + this.#bytes.byteLength;
  }

  /** Puts a key that is not there yet: `source` up to `keyEnd`, its value up to `valueEnd`. */
  put(source: Uint8Array, keyEnd: number, valueEnd: number): void {
    const hash = hashOf(source, 0, keyEnd);
    let slot = hash & this.#mask;
    while (this.#slots[slot * 2] !== 0) slot = (slot + 1) & this.#mask;
    this.#slots[slot * 2] = this.#end;
    this.#slots[slot * 2 + 1] = hash;
    this.#bytes[this.#end] = keyEnd;
    for (let index = 0; index < valueEnd; index++) this.#bytes[this.#end + 4 + index] = source[index]!;
    this.#end += 4 + ((valueEnd + 3) & ~3);
  }

  /** The offset of a key's record, 0 where there is none. */
  find(source: Uint8Array, start: number, end: number): number {
    const hash = hashOf(source, start, end);
    for (let slot = hash & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const offset = this.#slots[slot * 2]!;
      if (offset === 0) return 0;
      if (this.#slots[slot * 2 + 1] === hash && this.#matches(offset, source, start, end)) return offset;
    }
  }

  #matches(offset: number, source: Uint8Array, start: number, end: number): boolean {
    const length = end - start;
    if (this.#bytes[offset] !== length) return false;
    for (let index = 0; index < length; index++) {
      if (this.#bytes[offset + 4 + index] !== source[start + index]) return false;
    }
    return true;
  }
}

/** FNV-1a (Fowler, Noll, Vo; 32 bits), finished by the mixer of MurmurHash3 (A. Appleby). */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let index = start; index < end; index++) hash = Math.imul(hash ^ bytes[index]!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
