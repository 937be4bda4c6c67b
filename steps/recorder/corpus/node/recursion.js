function ackermann(m, n) {
  if (m === 0) return n + 1;
  if (n === 0) return ackermann(m - 1, 1);
  return ackermann(m - 1, ackermann(m, n - 1));
}
const isEven = (n) => (n === 0 ? true : isOdd(n - 1));
const isOdd = (n) => (n === 0 ? false : isEven(n - 1));
function deep(n) { return deep(n + 1) + 1; }
console.log(ackermann(2, 2), isEven(10), isOdd(7));
try { deep(0); } catch (error) { console.log(error instanceof RangeError, error.message); }
