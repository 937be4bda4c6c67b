/**
 * Float32 filter: which of the points in `count` panels may lie within the limit of 4 queries. The queries stand column
 * by column, 4 in a row; `halfSquares` holds half the squared length of each point; `limits` one number for each query.
 * A point is kept where halfSquare - point · query is not above the limit, or is not a number.
 *
 * @returns how many panels hold one; `into` gets the number of each such panel, and 8 bits for each query.
 */
export function filter(
  queries: usize,
  panels: usize,
  halfSquares: usize,
  dimension: i32,
  count: i32,
  limits: usize,
  into: usize,
): i32 {
  const end = queries + ((<usize>dimension) << 4);
  const mostA = v128.load_splat<f32>(limits);
  const mostB = v128.load_splat<f32>(limits, 4);
  const mostC = v128.load_splat<f32>(limits, 8);
  const mostD = v128.load_splat<f32>(limits, 12);
  let at = panels;
  let found = into;
  for (let panel = 0; panel < count; panel++) {
    let a0 = f32x4.splat(0);
    let a1 = a0;
    let b0 = a0;
    let b1 = a0;
    let c0 = a0;
    let c1 = a0;
    let d0 = a0;
    let d1 = a0;
    for (let column = queries; column < end; column += 16) {
      const x0 = v128.load(at);
      const x1 = v128.load(at, 16);
      at += 32;
      let value = v128.load_splat<f32>(column);
      a0 = f32x4.add(a0, f32x4.mul(x0, value));
      a1 = f32x4.add(a1, f32x4.mul(x1, value));
      value = v128.load_splat<f32>(column, 4);
      b0 = f32x4.add(b0, f32x4.mul(x0, value));
      b1 = f32x4.add(b1, f32x4.mul(x1, value));
      value = v128.load_splat<f32>(column, 8);
      c0 = f32x4.add(c0, f32x4.mul(x0, value));
      c1 = f32x4.add(c1, f32x4.mul(x1, value));
      value = v128.load_splat<f32>(column, 12);
      d0 = f32x4.add(d0, f32x4.mul(x0, value));
      d1 = f32x4.add(d1, f32x4.mul(x1, value));
    }
    const h0 = v128.load(halfSquares);
    const h1 = v128.load(halfSquares, 16);
    halfSquares += 32;
    const a = beyond(h0, h1, a0, a1, mostA);
    const b = beyond(h0, h1, b0, b1, mostB);
    const c = beyond(h0, h1, c0, c1, mostC);
    const d = beyond(h0, h1, d0, d1, mostD);
    const kept = ~(a | (b << 8) | (c << 16) | (d << 24));
    if (kept !== 0) {
      store<i32>(found, panel);
      store<i32>(found, kept, 4);
      found += 8;
    }
  }
  return <i32>((found - into) >> 3);
}

function beyond(h0: v128, h1: v128, product0: v128, product1: v128, most: v128): i32 {
  return (
    i32x4.bitmask(f32x4.gt(f32x4.sub(h0, product0), most)) |
    (i32x4.bitmask(f32x4.gt(f32x4.sub(h1, product1), most)) << 4)
  );
}
