function counter() { let n = 0; return { up: () => ++n, get value() { return n; } }; }
const [a, b] = [counter(), counter()]; a.up(); a.up(); b.up(); console.log(a.value, b.value);
const fs = []; for (let i = 0; i < 3; i++) fs.push(() => i); for (var j = 0; j < 3; j++) fs.push(() => j);
console.log(fs.map((f) => f()));
const once = (f) => { let done = false, r; return (...args) => (done ? r : ((done = true), (r = f(...args)))); };
const o = once((x) => x * 2); console.log(o(4), o(5)); (function () { console.log(this === undefined || this === globalThis); })();
