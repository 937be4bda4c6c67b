const text = "x".repeat(5_000_000), list = [...Array(200_000).keys()], big = 7n ** 3000n;
function chain(length) { const first = {}; let last = first; for (let i = 0; i < length; i++) last = last.next = {}; return first; }
const nested = chain(10_000);
const cyclic = { name: "cycle" }; cyclic.self = cyclic; const sparse = []; sparse[1e6] = 1;
const wide = Object.fromEntries(list.slice(0, 5000).entries()), map = new Map(list.entries());
const bytes = new Uint8Array(1_000_000), set = new Set(list);
function sizes() { return [text.length, list.length, String(big).length, Object.keys(wide).length, map.size, set.size, bytes.length, sparse.length]; }
console.log(...sizes(), cyclic.self === cyclic, -0, NaN, Infinity, 2 ** 53, 1e400, Number.MIN_VALUE);
