import type { Hash } from "./hash.ts";

/**
 * HalfSipHash-2-4 with a key of 64 bits and a result of 32 (J.-P. Aumasson, D. J. Bernstein): without the key nobody can
 * choose keys that collide. Linux guards its hash tables with the same family.
 */
export class KeyedHash implements Hash {
  readonly #low: number;
  readonly #high: number;

  /** The two halves of the key, 32 bits each. */
  constructor(low: number, high: number) {
    this.#low = low | 0;
    this.#high = high | 0;
  }

  of(bytes: Uint8Array, start: number, end: number): number {
    let v0 = this.#low;
    let v1 = this.#high;
    let v2 = this.#low ^ 0x6c796765;
    let v3 = this.#high ^ 0x74656462;
    const words = start + ((end - start) & ~3);
    // Two rounds for each word, and four behind the last one.
    for (let index = start; index <= words + 4; index += 4) {
      const isBehind = index > words;
      const word = isBehind ? 0 : index < words ? wordAt(bytes, index) : lastWord(bytes, index, end, end - start);
      v3 ^= word;
      if (isBehind) v2 ^= 0xff;
      for (let round = isBehind ? 4 : 2; round > 0; round--) {
        v0 = (v0 + v1) | 0;
        v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
        v0 = (v0 << 16) | (v0 >>> 16);
        v2 = (v2 + v3) | 0;
        v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
        v0 = (v0 + v3) | 0;
        v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
        v2 = (v2 + v1) | 0;
        v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
        v2 = (v2 << 16) | (v2 >>> 16);
      }
      v0 ^= word;
    }
    return v1 ^ v3;
  }
}

function wordAt(bytes: Uint8Array, index: number): number {
  return bytes[index]! | (bytes[index + 1]! << 8) | (bytes[index + 2]! << 16) | (bytes[index + 3]! << 24);
}

/** The bytes that are left, and the length in the topmost byte. */
function lastWord(bytes: Uint8Array, index: number, end: number, length: number): number {
  let word = length << 24;
  for (let shift = 0; index + shift < end; shift++) word |= bytes[index + shift]! << (8 * shift);
  return word;
}
