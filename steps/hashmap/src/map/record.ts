/** Most bytes of a key. */
export const MAX_KEY_BYTES = (1 << 14) - 1;
/** Most bytes of a value. */
export const MAX_VALUE_BYTES = (1 << 17) - 1;

const DEAD = 1 << 31;
const VALUE_BITS = 17;

/** What the first word of a record says (`assembly/map/record.ts`). */
export interface RecordHead {
  readonly isLive: boolean;
  readonly keyLength: number;
  readonly valueLength: number;
  /** Of four bytes, this one included. */
  readonly words: number;
}

export function recordHead(lengths: number): RecordHead {
  const keyLength = (lengths & ~DEAD) >>> VALUE_BITS;
  const valueLength = lengths & MAX_VALUE_BYTES;
  return { isLive: lengths >= 0, keyLength, valueLength, words: 1 + ((keyLength + valueLength + 3) >>> 2) };
}
