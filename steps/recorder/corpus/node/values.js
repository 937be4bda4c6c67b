const symbol = Symbol("s"), bigint = -123456789012345678901234567890n, date = new Date(0), invalid = new Date(NaN), pattern = /a+b/gi;
const nothing = null, missing = undefined, typed = new Float64Array([1.5, -0, NaN]), wide = new BigInt64Array([1n]);
class Point { x = 1; } const point = new Point(), bare = Object.create(null); bare.k = "v"; const boxed = Object("boxed"), weak = new WeakMap(), promise = Promise.resolve(1);
const fn = function named() {}, arrow = () => {}, error = new TypeError("typed", { cause: 1 }), args = (function () { return arguments; })(1, 2);
let n = 0; n = 1.5; n = 2 ** 40; n = -(2 ** 31); n = 4294967296; n = true; n = "text"; n = [1, [2, [3, [4, [5, [6]]]]]];
console.log(typeof symbol, String(bigint), date.getTime(), n.length, point, bare, boxed, args.length);
