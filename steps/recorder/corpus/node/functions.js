function declared(a, b = 2, ...c) {} const arrow = (x) => x, expr = function () {}, obj = { method() {}, get prop() { return 1; }, ["comp" + 1]: () => {} };
async function asynchronous() {} function* generator() {}
for (const f of [declared, arrow, expr, obj.method, obj.comp1, asynchronous, generator]) console.log(f.name, f.length, Object.getOwnPropertyNames(f).join(), typeof f.prototype);
function Target() { return [new.target === Target, arguments.length, this instanceof Target]; } console.log(new Target(1), Target.call({}, 1, 2));
console.log(Object.keys(globalThis).includes("undefined"), Object.getOwnPropertySymbols(globalThis).filter((s) => Object.getOwnPropertyDescriptor(globalThis, s).enumerable).length);
const tag = (strings, ...values) => strings.raw.join("|") + values; console.log(tag`a${1}\n${2}b`); console.log((() => ({}))(), (() => ([]))(), ((a, b) => (a, b))(1, 2));
