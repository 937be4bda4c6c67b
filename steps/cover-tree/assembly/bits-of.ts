/** A bit for each of 8 numbers that is not greater than `most`, the first one's the lowest. */
export function bitsOf(a: v128, b: v128, c: v128, d: v128, most: v128): i32 {
  return (
    i64x2.bitmask(f64x2.le(a, most)) |
    (i64x2.bitmask(f64x2.le(b, most)) << 2) |
    (i64x2.bitmask(f64x2.le(c, most)) << 4) |
    (i64x2.bitmask(f64x2.le(d, most)) << 6)
  );
}
