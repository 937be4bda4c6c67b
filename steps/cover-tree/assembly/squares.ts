import { bitsOf } from "./bits-of";

/**
 * Squared Euclidean distances of one query to 32 points, four panels.
 *
 * @returns a bit for each point that does not lie beyond `limit`; the first point's is the lowest. Not-a-number is
 * beyond.
 */
export function squares(query: usize, panels: usize, dimension: i32, limit: f64, into: usize): i32 {
  const most = f64x2.splat(limit);
  const end = query + ((<usize>dimension) << 3);
  let at = panels;
  let near = 0;
  for (let bit = 0; bit < 32; bit += 8) {
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    let c = f64x2.splat(0);
    let d = f64x2.splat(0);
    for (let column = query; column < end; column += 8) {
      const value = v128.load_splat<f64>(column);
      const toA = f64x2.sub(value, v128.load(at));
      const toB = f64x2.sub(value, v128.load(at, 16));
      const toC = f64x2.sub(value, v128.load(at, 32));
      const toD = f64x2.sub(value, v128.load(at, 48));
      a = f64x2.add(a, f64x2.mul(toA, toA));
      b = f64x2.add(b, f64x2.mul(toB, toB));
      c = f64x2.add(c, f64x2.mul(toC, toC));
      d = f64x2.add(d, f64x2.mul(toD, toD));
      at += 64;
    }
    v128.store(into, a);
    v128.store(into, b, 16);
    v128.store(into, c, 32);
    v128.store(into, d, 48);
    into += 64;
    near |= bitsOf(a, b, c, d, most) << bit;
  }
  return near;
}
