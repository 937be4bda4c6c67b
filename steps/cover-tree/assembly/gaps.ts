import { bitsOf } from "./bits-of";

/**
 * Squared distances of one query to 8 boxes: of each column the least of the boxes, then the greatest, in turn. No
 * point of a box is computed to be nearer, since it takes the same operations and each of them rounds upwards with its
 * argument.
 *
 * @returns a bit for each box that does not lie beyond `limit`.
 */
export function gaps(query: usize, boxes: usize, dimension: i32, limit: f64, into: usize): i32 {
  const none = f64x2.splat(0);
  const end = query + ((<usize>dimension) << 3);
  let at = boxes;
  let a = none;
  let b = none;
  let c = none;
  let d = none;
  for (let column = query; column < end; column += 8) {
    const value = v128.load_splat<f64>(column);
    const toA = gap(value, v128.load(at), v128.load(at, 64));
    const toB = gap(value, v128.load(at, 16), v128.load(at, 80));
    const toC = gap(value, v128.load(at, 32), v128.load(at, 96));
    const toD = gap(value, v128.load(at, 48), v128.load(at, 112));
    a = f64x2.add(a, f64x2.mul(toA, toA));
    b = f64x2.add(b, f64x2.mul(toB, toB));
    c = f64x2.add(c, f64x2.mul(toC, toC));
    d = f64x2.add(d, f64x2.mul(toD, toD));
    at += 128;
  }
  v128.store(into, a);
  v128.store(into, b, 16);
  v128.store(into, c, 32);
  v128.store(into, d, 48);
  return bitsOf(a, b, c, d, f64x2.splat(limit));
}

function gap(value: v128, low: v128, high: v128): v128 {
  return f64x2.max(f64x2.max(f64x2.sub(low, value), f64x2.sub(value, high)), f64x2.splat(0));
}
