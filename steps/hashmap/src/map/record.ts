/** Most bytes of a key. */
export const MAX_KEY_BYTES = (1 << 14) - 1;
/** Most bytes of a value. */
export const MAX_VALUE_BYTES = (1 << 17) - 1;

/**
 * A record is one word (bit 31: dead, 14 bits: length of the key, 17 bits: length of the value), the key's bytes, the
 * value's bytes, filled up to whole words.
 */
export const DEAD = 1 << 31;

const VALUE_BITS = 17;

export function lengthsOf(keyLength: number, valueLength: number): number {
  return (keyLength << VALUE_BITS) | valueLength;
}

export function keyLengthOf(lengths: number): number {
  return (lengths & ~DEAD) >>> VALUE_BITS;
}

export function valueLengthOf(lengths: number): number {
  return lengths & MAX_VALUE_BYTES;
}

/** Words of a record with a key and a value of so many bytes. */
export function wordsOf(keyLength: number, valueLength: number): number {
  return 1 + ((keyLength + valueLength + 3) >>> 2);
}

export function wordsOfRecord(lengths: number): number {
  return wordsOf(keyLengthOf(lengths), valueLengthOf(lengths));
}

/** A loop is faster than the call for the few bytes of most keys. */
export function copyBytes(source: Uint8Array, start: number, end: number, target: Uint8Array, at: number): void {
  if (end - start > 48) target.set(source.subarray(start, end), at);
  else for (let index = start; index < end; index++) target[at + index - start] = source[index]!;
}
