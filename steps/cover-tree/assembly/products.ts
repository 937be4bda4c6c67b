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
