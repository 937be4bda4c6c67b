// The inner loops, compiled to WebAssembly with 128-bit SIMD. Every lane does the operations of the reference functions in
// their order, each rounded by itself (no fused or relaxed instruction), so that the results are equal to the last bit. A
// panel is 8 points, column by column: the first number of each, then the second of each, and so on.

/**
 * Squared Euclidean distances of one query to 32 points, four panels.
 *
 * @returns a bit for each point that does not lie beyond `limit`; the first point's is the lowest. Not-a-number is beyond.
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

/**
 * Squared distances of one query to 8 boxes: of each column the least of the boxes, then the greatest, in turn. No point of
 * a box is computed to be nearer, since it takes the same operations and each of them rounds upwards with its argument.
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

function bitsOf(a: v128, b: v128, c: v128, d: v128, most: v128): i32 {
  return (
    i64x2.bitmask(f64x2.le(a, most)) |
    (i64x2.bitmask(f64x2.le(b, most)) << 2) |
    (i64x2.bitmask(f64x2.le(c, most)) << 4) |
    (i64x2.bitmask(f64x2.le(d, most)) << 6)
  );
}

/**
 * Float32 filter: which of the points in `count` panels may lie within the limit of 4 queries. The queries stand column by
 * column, 4 in a row; `halfSquares` holds half the squared length of each point; `limits` one number for each query. A
 * point is kept where halfSquare - point · query is not above the limit, or is not a number.
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

/**
 * Products of 4 queries with 8 points, added up in the order of the columns.
 *
 * @param queries column by column, 4 in a row; `panel` likewise, 8 in a row.
 * @param into 4 rows of 8.
 */
export function products(queries: usize, panel: usize, width: i32, into: usize): void {
  const end = queries + ((<usize>width) << 5);
  for (let half: usize = 0; half < 64; half += 32) {
    let a0 = f64x2.splat(0);
    let a1 = a0;
    let b0 = a0;
    let b1 = a0;
    let c0 = a0;
    let c1 = a0;
    let d0 = a0;
    let d1 = a0;
    let at = panel + half;
    for (let column = queries; column < end; column += 32) {
      const x0 = v128.load(at);
      const x1 = v128.load(at, 16);
      at += 64;
      let value = v128.load_splat<f64>(column);
      a0 = f64x2.add(a0, f64x2.mul(x0, value));
      a1 = f64x2.add(a1, f64x2.mul(x1, value));
      value = v128.load_splat<f64>(column, 8);
      b0 = f64x2.add(b0, f64x2.mul(x0, value));
      b1 = f64x2.add(b1, f64x2.mul(x1, value));
      value = v128.load_splat<f64>(column, 16);
      c0 = f64x2.add(c0, f64x2.mul(x0, value));
      c1 = f64x2.add(c1, f64x2.mul(x1, value));
      value = v128.load_splat<f64>(column, 24);
      d0 = f64x2.add(d0, f64x2.mul(x0, value));
      d1 = f64x2.add(d1, f64x2.mul(x1, value));
    }
    const place = into + half;
    v128.store(place, a0);
    v128.store(place, a1, 16);
    v128.store(place, b0, 64);
    v128.store(place, b1, 80);
    v128.store(place, c0, 128);
    v128.store(place, c1, 144);
    v128.store(place, d0, 192);
    v128.store(place, d1, 208);
  }
}

/**
 * Squared Euclidean distances of one row of a matrix to others, added up in the order of the columns; 8 at a time, so that one need not
 * wait for another.
 *
 * @param others row numbers, `count` of them, a multiple of 8.
 */
export function rowSquares(matrix: usize, width: i32, row: i32, others: usize, count: i32, into: usize): void {
  const bytes = (<usize>width) << 3;
  const from = matrix + <usize>row * bytes;
  for (let done = 0; done < count; done += 8) {
    const a = matrix + <usize>load<i32>(others) * bytes;
    const b = matrix + <usize>load<i32>(others, 4) * bytes;
    const c = matrix + <usize>load<i32>(others, 8) * bytes;
    const d = matrix + <usize>load<i32>(others, 12) * bytes;
    const e = matrix + <usize>load<i32>(others, 16) * bytes;
    const f = matrix + <usize>load<i32>(others, 20) * bytes;
    const g = matrix + <usize>load<i32>(others, 24) * bytes;
    const h = matrix + <usize>load<i32>(others, 28) * bytes;
    let sumA: f64 = 0;
    let sumB: f64 = 0;
    let sumC: f64 = 0;
    let sumD: f64 = 0;
    let sumE: f64 = 0;
    let sumF: f64 = 0;
    let sumG: f64 = 0;
    let sumH: f64 = 0;
    for (let at: usize = 0; at < bytes; at += 8) {
      const value = load<f64>(from + at);
      sumA += squareOf(value - load<f64>(a + at));
      sumB += squareOf(value - load<f64>(b + at));
      sumC += squareOf(value - load<f64>(c + at));
      sumD += squareOf(value - load<f64>(d + at));
      sumE += squareOf(value - load<f64>(e + at));
      sumF += squareOf(value - load<f64>(f + at));
      sumG += squareOf(value - load<f64>(g + at));
      sumH += squareOf(value - load<f64>(h + at));
    }
    store<f64>(into, sumA);
    store<f64>(into, sumB, 8);
    store<f64>(into, sumC, 16);
    store<f64>(into, sumD, 24);
    store<f64>(into, sumE, 32);
    store<f64>(into, sumF, 40);
    store<f64>(into, sumG, 48);
    store<f64>(into, sumH, 56);
    others += 32;
    into += 64;
  }
}

function squareOf(value: f64): f64 {
  return value * value;
}

/**
 * Products of one row of a matrix with others, added up in the order of the columns; 8 at a time, so that one need not
 * wait for another.
 *
 * @param others row numbers, `count` of them, a multiple of 8.
 */
export function rowProducts(matrix: usize, width: i32, row: i32, others: usize, count: i32, into: usize): void {
  const bytes = (<usize>width) << 3;
  const from = matrix + <usize>row * bytes;
  for (let done = 0; done < count; done += 8) {
    const a = matrix + <usize>load<i32>(others) * bytes;
    const b = matrix + <usize>load<i32>(others, 4) * bytes;
    const c = matrix + <usize>load<i32>(others, 8) * bytes;
    const d = matrix + <usize>load<i32>(others, 12) * bytes;
    const e = matrix + <usize>load<i32>(others, 16) * bytes;
    const f = matrix + <usize>load<i32>(others, 20) * bytes;
    const g = matrix + <usize>load<i32>(others, 24) * bytes;
    const h = matrix + <usize>load<i32>(others, 28) * bytes;
    let sumA: f64 = 0;
    let sumB: f64 = 0;
    let sumC: f64 = 0;
    let sumD: f64 = 0;
    let sumE: f64 = 0;
    let sumF: f64 = 0;
    let sumG: f64 = 0;
    let sumH: f64 = 0;
    for (let at: usize = 0; at < bytes; at += 8) {
      const value = load<f64>(from + at);
      sumA += value * load<f64>(a + at);
      sumB += value * load<f64>(b + at);
      sumC += value * load<f64>(c + at);
      sumD += value * load<f64>(d + at);
      sumE += value * load<f64>(e + at);
      sumF += value * load<f64>(f + at);
      sumG += value * load<f64>(g + at);
      sumH += value * load<f64>(h + at);
    }
    store<f64>(into, sumA);
    store<f64>(into, sumB, 8);
    store<f64>(into, sumC, 16);
    store<f64>(into, sumD, 24);
    store<f64>(into, sumE, 32);
    store<f64>(into, sumF, 40);
    store<f64>(into, sumG, 48);
    store<f64>(into, sumH, 56);
    others += 32;
    into += 64;
  }
}

/**
 * Solves L v = k for 8 right sides at once, by forward substitution, in the order of the columns.
 *
 * @param lower L, row by row, `width` numbers each.
 * @param panel k on entry and v on return: `width` rows of 8.
 */
export function solve(lower: usize, width: i32, panel: usize): void {
  for (let row = 0; row < width; row++) {
    let factor = lower + <usize>row * ((<usize>width) << 3);
    const place = panel + ((<usize>row) << 6);
    let a = v128.load(place);
    let b = v128.load(place, 16);
    let c = v128.load(place, 32);
    let d = v128.load(place, 48);
    for (let known = panel; known < place; known += 64) {
      const value = v128.load_splat<f64>(factor);
      factor += 8;
      a = f64x2.sub(a, f64x2.mul(value, v128.load(known)));
      b = f64x2.sub(b, f64x2.mul(value, v128.load(known, 16)));
      c = f64x2.sub(c, f64x2.mul(value, v128.load(known, 32)));
      d = f64x2.sub(d, f64x2.mul(value, v128.load(known, 48)));
    }
    const pivot = v128.load_splat<f64>(factor);
    v128.store(place, f64x2.div(a, pivot));
    v128.store(place, f64x2.div(b, pivot), 16);
    v128.store(place, f64x2.div(c, pivot), 32);
    v128.store(place, f64x2.div(d, pivot), 48);
  }
}
