/**
 * MurmurHash64A (A. Appleby) with the seed 0, of whose 64 bits the low 32 are taken. Fast for short keys, and no
 * protection against keys that someone crafted to collide: that is the keyed one. The map's own is compiled
 * (`assembly/map/hash.ts`).
 */
export function fastHash(bytes: Uint8Array, start: number, end: number): number {
  const behindBlocks = start + ((end - start) & ~7);
  let state = stateOf(end - start);
  for (let place = start; place < behindBlocks; place += 8) state = withBlock(state, wordAt(bytes, place, place + 8));
  if (behindBlocks < end) state = times(state ^ wordAt(bytes, behindBlocks, end), FACTOR);
  state = times(state ^ (state >> 47n), FACTOR);
  return Number(BigInt.asIntN(32, state ^ (state >> 47n)));
}

/** The state before the first byte of a key of so many. */
export function stateOf(length: number): bigint {
  return times(BigInt(length), FACTOR);
}

/** The state after eight more bytes, given as one number, the first byte lowest. */
export function withBlock(state: bigint, block: bigint): bigint {
  const product = times(block, FACTOR);
  return times(state ^ times(product ^ (product >> 47n), FACTOR), FACTOR);
}

/** The eight bytes that lead from one state to another. */
export function blockBetween(state: bigint, next: bigint): bigint {
  const product = times(times(next, INVERSE) ^ state, INVERSE);
  return times(product ^ (product >> 47n), INVERSE);
}

const FACTOR = 0xc6a4a7935bd1e995n;
/** Undoes a multiplication by the factor. */
const INVERSE = 0x5f7a0ea7e59b19bdn;

/** Modulo 2^64. */
function times(one: bigint, other: bigint): bigint {
  return BigInt.asUintN(64, one * other);
}

function wordAt(bytes: Uint8Array, start: number, end: number): bigint {
  let [low, high] = [0, 0];
  for (let place = end - 1; place >= start + 4; place--) high = (high << 8) | bytes[place]!;
  for (let place = Math.min(end, start + 4) - 1; place >= start; place--) low = (low << 8) | bytes[place]!;
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}
