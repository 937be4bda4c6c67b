/** A hash of keys: 32 bits, as a signed integer, of `bytes` from `start` to before `end`. */
export interface Hash {
  of(bytes: Uint8Array, start: number, end: number): number;
}
