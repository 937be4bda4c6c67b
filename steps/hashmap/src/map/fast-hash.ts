/**
 * FNV-1a (Fowler, Noll, Vo; 32 bits), finished by the mixer of MurmurHash3 (A. Appleby), so that low bits depend on all of
 * the key. Fast for short keys, and no protection against keys that someone crafted to collide: that is the keyed one.
 * The map's own is compiled (`assembly/map/hash.ts`).
 */
export function fastHash(bytes: Uint8Array, start: number, end: number): number {
  let hash = fnv1a(FNV_START, bytes, start, end);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** The state of FNV-1a before the first byte. */
export const FNV_START = 0x811c9dc5 | 0;

/** The state of FNV-1a after some more bytes. */
export function fnv1a(state: number, bytes: Uint8Array, start: number, end: number): number {
  let hash = state;
  for (let index = start; index < end; index++) hash = Math.imul(hash ^ bytes[index]!, 0x01000193);
  return hash;
}
