import { HASH_KEY } from "./places";
import { lastBytes } from "./record";

@unmanaged
class Keys {
  isKeyed: bool;
  low: u32;
  high: u32;
}

// In halves, since a number of JavaScript, as which this is checked, would be rounded.
const FACTOR: u64 = ((<u64>0xc6a4a793) << 32) | 0x5bd1e995;

const keys = changetype<Keys>(HASH_KEY);

/** From now on keys are hashed under a key of 64 bits. */
export function useKey(low: u32, high: u32): void {
  keys.isKeyed = true;
  keys.low = low;
  keys.high = high;
}

/** The hash of a key: 32 bits. */
export function hashOf(at: usize, length: i32): i32 {
  return keys.isKeyed ? keyed(at, length) : fast(at, length);
}

/**
 * MurmurHash64A (A. Appleby) with the seed 0, of whose 64 bits the low 32 are taken. Fast for short keys, and no
 * protection against keys that someone crafted to collide: that is `keyed`.
 */
function fast(at: usize, length: i32): i32 {
  const behind = at + length;
  let hash = <u64>length * FACTOR;
  for (; at + 8 <= behind; at += 8) {
    const product = load<u64>(at) * FACTOR;
    hash = (hash ^ ((product ^ (product >> 47)) * FACTOR)) * FACTOR;
  }
  const left = length & 7;
  if (left !== 0) hash = (hash ^ lastBytes(behind, left)) * FACTOR;
  hash = (hash ^ (hash >> 47)) * FACTOR;
  return <i32>(hash ^ (hash >> 47));
}

/**
 * HalfSipHash-2-4 with a key of 64 bits and a result of 32 (J.-P. Aumasson, D. J. Bernstein): without the key nobody
 * can choose keys that collide. Linux guards its hash tables with the same family.
 */
function keyed(at: usize, length: i32): i32 {
  let v0 = keys.low;
  let v1 = keys.high;
  let v2 = keys.low ^ 0x6c796765;
  let v3 = keys.high ^ 0x74656462;
  const words = at + (length & ~3);
  // Two rounds for each word, and four behind the last one.
  for (let place = at; place <= words + 4; place += 4) {
    const isBehind = place > words;
    const word = isBehind ? 0 : place < words ? load<u32>(place) : lastWord(place, length);
    v3 ^= word;
    if (isBehind) v2 ^= 0xff;
    for (let round = isBehind ? 4 : 2; round > 0; round--) {
      v0 += v1;
      v1 = rotl<u32>(v1, 5) ^ v0;
      v0 = rotl<u32>(v0, 16);
      v2 += v3;
      v3 = rotl<u32>(v3, 8) ^ v2;
      v0 += v3;
      v3 = rotl<u32>(v3, 7) ^ v0;
      v2 += v1;
      v1 = rotl<u32>(v1, 13) ^ v2;
      v2 = rotl<u32>(v2, 16);
    }
    v0 ^= word;
  }
  return v1 ^ v3;
}

/** The bytes that are left, and the length in the topmost byte. */
function lastWord(at: usize, length: i32): u32 {
  let word: u32 = length << 24;
  for (let index = 0; index < (length & 3); index++) word |= (<u32>load<u8>(at + index)) << (8 * index);
  return word;
}
