const log = [];
const iterable = { [Symbol.iterator]() { log.push("iterator"); let n = 0; return {
  get next() { log.push("get next"); return (v) => { log.push(`next ${v}`); return { value: n++, done: n > 3 }; }; },
  get return() { log.push("get return"); return (v) => { log.push(`return ${v}`); return { value: v, done: true }; }; },
  get throw() { log.push("get throw"); return undefined; } }; } };
function* outer() { log.push("begin"); const last = yield* iterable; log.push(`last ${last}`); return yield* [7, 8]; }
const it = outer(); console.log(it.next("a"), it.next("b"), it.next("c"), it.next("d"), it.next("e"), it.next());
const returned = outer(); returned.next(); console.log(returned.return("r"));
const thrown = outer(); thrown.next(); try { thrown.throw(new Error("t")); } catch (error) { console.log(error.constructor.name); }
console.log(log.join("\n"));
function* tree(node) { if (node) { yield* tree(node.left); yield node.value; yield* tree(node.right); } }
console.log([...tree({ value: 2, left: { value: 1 }, right: { value: 3 } })]);
