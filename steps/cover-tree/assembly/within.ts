/**
 * Which of the first `count` points in panels lie within `most` of a row, and each within a limit of its own, by their
 * Euclidean distances. Squares are looked at first, with room for their roundings, and roots taken of those that are
 * near.
 *
 * @param limits one number for each place in the panels.
 * @param places gets the place of each such point, in rising order, and `distances` how far it lies, with room for
 * whole panels.
 * @returns how many there are.
 */
export function within(
  row: usize,
  panels: usize,
  width: i32,
  count: i32,
  limits: usize,
  most: f64,
  places: usize,
  distances: usize,
): i32 {
  const end = row + ((<usize>width) << 3);
  const mosts = f64x2.splat(most);
  let at = panels;
  let found = distances;
  for (let first = 0; first < count; first += 8) {
    let a = f64x2.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (let column = row; column < end; column += 8) {
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
    let near =
      i64x2.bitmask(f64x2.le(a, squareOf(f64x2.pmin(mosts, v128.load(limits))))) |
      (i64x2.bitmask(f64x2.le(b, squareOf(f64x2.pmin(mosts, v128.load(limits, 16))))) << 2) |
      (i64x2.bitmask(f64x2.le(c, squareOf(f64x2.pmin(mosts, v128.load(limits, 32))))) << 4) |
      (i64x2.bitmask(f64x2.le(d, squareOf(f64x2.pmin(mosts, v128.load(limits, 48))))) << 6);
    if (count - first < 8) near &= (1 << (count - first)) - 1;
    if (near !== 0) {
      const squares = found;
      v128.store(squares, a);
      v128.store(squares, b, 16);
      v128.store(squares, c, 32);
      v128.store(squares, d, 48);
      for (; near !== 0; near &= near - 1) {
        const lane = ctz(near);
        const offset = (<usize>lane) << 3;
        const distance = sqrt<f64>(load<f64>(squares + offset));
        if (distance > most || distance > load<f64>(limits + offset)) continue;
        store<i32>(places, first + lane);
        store<f64>(found, distance);
        places += 4;
        found += 8;
      }
    }
    limits += 64;
  }
  return <i32>((found - distances) >> 3);
}

/** At least the square of whatever has a root of at most `distance`; more where squares lose their digits. */
function squareOf(distance: v128): v128 {
  return f64x2.add(f64x2.mul(f64x2.mul(distance, distance), f64x2.splat(1 + 1e-14)), f64x2.splat(1e-300));
}
