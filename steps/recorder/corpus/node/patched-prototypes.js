let calls = 0;
for (const [prototype, names] of [[Array.prototype, ["push", "map", "join", "indexOf", "includes"]], [Map.prototype, ["get", "set", "forEach"]], [Set.prototype, ["add", "has", "forEach"]], [String.prototype, ["slice", "toString"]], [Object, ["keys", "getOwnPropertyDescriptor", "getPrototypeOf"]], [Uint8Array.prototype.__proto__, ["set", "subarray", "fill"]], [Function.prototype, ["call", "apply", "bind"]], [Date.prototype, ["toISOString", "getTime"]], [globalThis, ["queueMicrotask", "setImmediate"]]]) {
  for (const name of names) { const original = prototype[name]; prototype[name] = function (...args) { calls += 1; return Reflect.apply(original, this, args); }; }
}
function observe(list, map, set, date, buffer) { const record = [list, map, set]; let text = "some text"; return typeof record + text; }
calls = 0; observe([1, 2], new Map([[1, 2]]), new Set([1]), new Date(0), new Uint8Array(3));
const seen = calls; process.stdout.write(`${seen}\n`);
