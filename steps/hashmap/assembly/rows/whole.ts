/**
 * A number to which this is added, 2^52, has no room for a fraction: it is rounded, and stands whole in the low bits.
 */
export const WHOLE: f64 = 4503599627370496;

/** A number's nearest whole one. */
export function wholeOf(value: f64): u64 {
  return reinterpret<u64>(value + WHOLE) ^ reinterpret<u64>(WHOLE);
}
