function note(...values) { console.log(...values); return values[0]; }
function outer(a = note("a"), { b = note("b"), [note("c")]: c = () => "named" } = {}, [d = a + b] = [], ...rest) { return [a, b, c.name, d, rest.length, arguments.length, outer.length]; }
console.log(outer(), outer(1, { b: 2, c() {} }, [3], 4, 5));
function early(a = b, b = 1) { return a; } try { early(); } catch (error) { console.log(error.message); }
function scoped(a = eval("var hidden = 1; hidden"), read = () => typeof hidden) { var hidden = 2; return [a, read(), hidden]; } console.log(scoped());
function recursive(n, below = n > 0 ? recursive(n - 1) : note("deep")) { return [n, below]; } console.log(JSON.stringify(recursive(3)));
class Base { static #count = note(0); static total = Base.#count + 1; static { var inner = note("static"); this.seen = inner; function hoisted() { return inner; } this.hoisted = hoisted(); }
  field = note("field", new.target === undefined); named = () => 1; made = class { }; [note("key")] = note("value"); #own = this.field.length; get own() { return this.#own; } constructor(x = note("x")) { this.x = x; } }
class Derived extends Base { extra = note("extra", super.own, this.x); static super = note(super.total); constructor() { super(); note("body"); } }
const made = new Derived(); console.log(made.named.name, made.made.name, made.key, made.own, Base.seen, Base.hoisted, typeof inner);
function* numbers(first = note("first")) { yield first; } const it = numbers(); note("made"); it.next();
async function fails(value = null.x) { return value; } fails().catch((error) => console.log(error.message, error.stack.split("\n")[1].replaceAll(__filename, "HERE")));
class Thrown { field = undefined.y; } try { new Thrown(); } catch (error) { console.log(error.stack.split("\n").slice(0, 2).join().replaceAll(__filename, "HERE")); }
const arrow = (f = function () {}, g = (note("g"), function () {}), h = class {}) => [f.name, g.name, h.name]; console.log(arrow());
