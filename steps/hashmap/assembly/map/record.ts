/**
 * A record is one word (bit 31: dead, 14 bits: length of the key, 17 bits: length of the value), the key's bytes, the
 * value's bytes, filled up to whole words.
 */
export const DEAD: i32 = 1 << 31;

const VALUE_BITS = 17;
const VALUE_MASK = (1 << VALUE_BITS) - 1;

export function lengthsOf(keyLength: i32, valueLength: i32): i32 {
  return (keyLength << VALUE_BITS) | valueLength;
}

export function keyLengthOf(lengths: i32): i32 {
  return (lengths & ~DEAD) >>> VALUE_BITS;
}

export function valueLengthOf(lengths: i32): i32 {
  return lengths & VALUE_MASK;
}

/** Words of a record with a key and a value of so many bytes. */
export function wordsOf(keyLength: i32, valueLength: i32): i32 {
  return 1 + ((keyLength + valueLength + 3) >>> 2);
}

export function wordsOfRecord(lengths: i32): i32 {
  return wordsOf(keyLengthOf(lengths), valueLengthOf(lengths));
}

export function sameBytes(one: usize, other: usize, length: i32): bool {
  let index = 0;
  for (; index + 4 <= length; index += 4) if (load<u32>(one + index) !== load<u32>(other + index)) return false;
  for (; index < length; index++) if (load<u8>(one + index) !== load<u8>(other + index)) return false;
  return true;
}

/** A loop is faster than the instruction for the few bytes of most keys. */
export function copyBytes(from: usize, length: i32, to: usize): void {
  if (length > 48) {
    memory.copy(to, from, length);
    return;
  }
  let index = 0;
  for (; index + 4 <= length; index += 4) store<u32>(to + index, load<u32>(from + index));
  for (; index < length; index++) store<u8>(to + index, load<u8>(from + index));
}
