/**
 * For each of some rows the nearest of the points in panels within whose limit it lies, by Euclidean distance; of
 * equally near ones the first.
 *
 * @param rows row numbers, `count` of them.
 * @param size how many points are in panels. The limits of what fills up the last panel are no numbers.
 * @param squares room for a number for each place in the panels.
 * @param farthest for each panel up to which number in `distances` its points, and those after it, can matter.
 * @param distances for each row, from a centre; gets the distance to what was chosen, where there is such.
 * @param chosen gets for each row a place in the panels counted from 1, or 0.
 * @returns how many distances were computed.
 */
export function nearest(
  matrix: usize,
  width: i32,
  rows: usize,
  count: i32,
  panels: usize,
  size: i32,
  limits: usize,
  squares: usize,
  farthest: usize,
  distances: usize,
  chosen: usize,
): i32 {
  const bytes = (<usize>width) << 3;
  for (let place: usize = 0; place < <usize>((size + 7) & ~7); place++) {
    store<f64>(squares + (place << 3), greatestSquare(load<f64>(limits + (place << 3))));
  }
  let computed = 0;
  for (let index: usize = 0; index < <usize>count; index++) {
    const row = matrix + <usize>load<i32>(rows + (index << 2)) * bytes;
    const end = row + bytes;
    const apart = load<f64>(distances + (index << 3));
    const none = f64x2.splat(Infinity);
    let leastA = none;
    let leastB = none;
    let leastC = none;
    let leastD = none;
    let panelA = none;
    let panelB = none;
    let panelC = none;
    let panelD = none;
    let at = panels;
    let first = 0;
    for (; first < size; first += 8) {
      const offset = (<usize>first) << 3;
      if (load<f64>(farthest + <usize>first) < apart) break;
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
      const near = squares + offset;
      const panel = f64x2.splat(<f64>first);
      const isA = v128.and(f64x2.lt(a, leastA), f64x2.le(a, v128.load(near)));
      const isB = v128.and(f64x2.lt(b, leastB), f64x2.le(b, v128.load(near, 16)));
      const isC = v128.and(f64x2.lt(c, leastC), f64x2.le(c, v128.load(near, 32)));
      const isD = v128.and(f64x2.lt(d, leastD), f64x2.le(d, v128.load(near, 48)));
      leastA = v128.bitselect(a, leastA, isA);
      leastB = v128.bitselect(b, leastB, isB);
      leastC = v128.bitselect(c, leastC, isC);
      leastD = v128.bitselect(d, leastD, isD);
      panelA = v128.bitselect(panel, panelA, isA);
      panelB = v128.bitselect(panel, panelB, isB);
      panelC = v128.bitselect(panel, panelC, isC);
      panelD = v128.bitselect(panel, panelD, isD);
    }
    computed += min(first, size);
    const least = lower(f64x2.pmin(f64x2.pmin(leastA, leastB), f64x2.pmin(leastC, leastD)));
    if (least === Infinity) {
      store<i32>(chosen + (index << 2), 0);
      continue;
    }
    const same = f64x2.splat(least);
    const placeA = v128.bitselect(f64x2.add(panelA, f64x2(1, 2)), none, f64x2.eq(leastA, same));
    const placeB = v128.bitselect(f64x2.add(panelB, f64x2(3, 4)), none, f64x2.eq(leastB, same));
    const placeC = v128.bitselect(f64x2.add(panelC, f64x2(5, 6)), none, f64x2.eq(leastC, same));
    const placeD = v128.bitselect(f64x2.add(panelD, f64x2(7, 8)), none, f64x2.eq(leastD, same));
    const place = lower(f64x2.pmin(f64x2.pmin(placeA, placeB), f64x2.pmin(placeC, placeD)));
    store<i32>(chosen + (index << 2), <i32>place);
    store<f64>(distances + (index << 3), sqrt<f64>(least));
  }
  return computed;
}

/** The lesser of the two numbers of a vector. */
function lower(numbers: v128): f64 {
  return min<f64>(f64x2.extract_lane(numbers, 0), f64x2.extract_lane(numbers, 1));
}

/** The greatest number whose root is at most `limit`, or not-a-number where that is none. */
function greatestSquare(limit: f64): f64 {
  let square = limit * limit;
  while (sqrt<f64>(square) > limit) square = reinterpret<f64>(reinterpret<i64>(square) - 1);
  for (let next = square; sqrt<f64>(next) <= limit; next = reinterpret<f64>(reinterpret<i64>(next) + 1)) square = next;
  return square;
}
