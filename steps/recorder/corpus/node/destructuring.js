function f({ a, b: { c = 1, ...rest } = {}, ["d" + "e"]: de = () => "default" } = {}, [x, , y = x, ...z] = [1], ...others) { return [a, c, rest, de(), x, y, z, others]; }
console.log(f(), f({ a: 1, b: { q: 2 }, de: () => 3 }, "text", 5, 6));
let p, q; [p, q = p] = [7]; ({ p, ...q } = { p, r: 8 }); console.log(p, q);
for (const [key, { v }] of Object.entries({ one: { v: 1 }, two: { v: 2 } })) console.log(key, v);
const { length } = "four", { [length]: computed = "none" } = []; console.log(length, computed);
try { const { nope: { deeper } } = {}; } catch (error) { console.log(error.message); }
