function* count(to) { for (let i = 0; i < to; i++) yield i; return "done"; }
function* echo() { let heard; for (;;) heard = yield heard; }
function* fibonacci() { let [a, b] = [0, 1]; while (true) { yield a; [a, b] = [b, a + b]; } }
console.log([...count(3)], Array.from(count(0)));
const it = echo(); it.next(); console.log(it.next("a"), it.next("b"), it.return("c"), it.next("d"));
for (const n of fibonacci()) { if (n > 20) break; console.log(n); }
const [x, , y] = fibonacci(); console.log(x, y);
const methods = { *g() { yield* count(2); yield this === methods; } }; console.log([...methods.g()]);
