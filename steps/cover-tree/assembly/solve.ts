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
