// Counts what is called of the language while a module is loaded and an object with fields of many names is in scope.
const { writeFileSync } = require("node:fs"); const { join } = require("node:path");
const counts = { Map: 0, RegExp: 0, Array: 0, String: 0, setter: 0 };
for (const [name, methods] of [["Map", ["get", "set"]], ["RegExp", ["exec", "test"]], ["Array", ["map", "find", "flatMap", "reduce", "entries"]], ["String", ["slice", "startsWith", "codePointAt", "replace", "matchAll"]]]) {
  const { prototype } = globalThis[name];
  for (const method of methods) { const original = prototype[method]; prototype[method] = function (...values) { counts[name]++; return Reflect.apply(original, this, values); }; }
}
Object.defineProperty(Object.prototype, "kind", { configurable: true, set() { counts.setter++; } });
function hold(record) { const kept = { ...record, inner: { session_token: 1, apiKey: 2, company: 3 } }; return kept; }
const before = { ...counts }; hold({ password: "p", pan: 4, cardNumber: 5, [Symbol.iterator]: 6 });
process.stdout.write(`${JSON.stringify([before, counts])}\n`);
writeFileSync(join(process.cwd(), "later.cjs"), "module.exports = function later(a, b = 2) { for (const c of [a, b]) if (c) return c; };\n");
const loading = { ...counts }; const later = require(join(process.cwd(), "later.cjs")); const loaded = { ...counts };
process.stdout.write(`${JSON.stringify([later(0), Object.keys(counts).map((name) => loaded[name] - loading[name])])}\n`);
