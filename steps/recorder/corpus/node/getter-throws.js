let reads = 0;
const trap = { get value() { reads += 1; throw new Error("read"); }, safe: 1, toJSON() { reads += 1; }, [Symbol.toPrimitive]() { reads += 1; return 1; }, toString() { reads += 1; return "x"; }, get [Symbol.toStringTag]() { reads += 1; return "t"; } };
class Loud { constructor() { this.field = trap; } inspect() { reads += 1; } }
function look(a, b = [trap], { c } = { c: new Map([[trap, trap]]) }) { const copy = a; const list = [a, b, c]; return copy === a && list.length; }
console.log(look(trap), look(new Loud()), reads);
const error = new Error("plain"); Object.defineProperty(error, "message", { get() { reads += 1; return "m"; } }); look(error);
function raise(what) { try { throw what; } catch (caught) { return caught === what; } }
console.log(raise(error), raise(trap), reads);
