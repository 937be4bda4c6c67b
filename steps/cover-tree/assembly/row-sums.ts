/** Products of one row of a matrix with others. */
export function rowProducts(matrix: usize, width: i32, row: i32, others: usize, count: i32, into: usize): void {
  rowSums<Product>(matrix, width, row, others, count, into);
}

/** Squared Euclidean distances of one row of a matrix to others. */
export function rowSquares(matrix: usize, width: i32, row: i32, others: usize, count: i32, into: usize): void {
  rowSums<SquaredDifference>(matrix, width, row, others, count, into);
}

/** What is added up of two numbers in a column; names for the compiler, which makes a function for each. */
class Product {}
class SquaredDifference {}

/**
 * Adds up terms of one row of a matrix and others, in the order of the columns; 8 at a time, so that one need not wait
 * for another.
 *
 * @param others row numbers, `count` of them, a multiple of 8.
 */
function rowSums<Term>(matrix: usize, width: i32, row: i32, others: usize, count: i32, into: usize): void {
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
      sumA += term<Term>(value, load<f64>(a + at));
      sumB += term<Term>(value, load<f64>(b + at));
      sumC += term<Term>(value, load<f64>(c + at));
      sumD += term<Term>(value, load<f64>(d + at));
      sumE += term<Term>(value, load<f64>(e + at));
      sumF += term<Term>(value, load<f64>(f + at));
      sumG += term<Term>(value, load<f64>(g + at));
      sumH += term<Term>(value, load<f64>(h + at));
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

function term<Term>(one: f64, other: f64): f64 {
  if (idof<Term>() === idof<Product>()) return one * other;
  const difference = one - other;
  return difference * difference;
}
