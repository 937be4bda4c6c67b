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
  const behind = one + length;
  const behindOther = other + length;
  if (length < 8) return lastBytes(behind, length) === lastBytes(behindOther, length);
  for (; one + 8 < behind; one += 8, other += 8) if (load<u64>(one) !== load<u64>(other)) return false;
  return load<u64>(behind - 8) === load<u64>(behindOther - 8);
}

/**
 * The bytes before a place, at most seven, as a number: without a branch, since how many there are can't be foreseen.
 */
export function lastBytes(behind: usize, length: i32): u64 {
  // What lies before them is loaded as well, and pushed out.
  return (load<u64>(behind - 8) >> ((7 - <u64>length) << 3)) >> 8;
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
