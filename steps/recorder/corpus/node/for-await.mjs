const log = [];
const source = { [Symbol.asyncIterator]() { let n = 0; return { next: async () => ({ value: n++, done: n > 3 }), return: async () => { log.push("return"); return {}; } }; } };
async function collect(from, stop) { const seen = []; for await (const x of from) { if (x === stop) break; seen.push(x); } return seen; }
console.log(await collect(source), await collect(source, 1), await collect([Promise.resolve(1), 2]), log);
try { for await (const x of [Promise.reject(new Error("rejected"))]) console.log(x); } catch (error) { console.log(error.message); }
try { for await (const x of 5) console.log(x); } catch (error) { console.log(error.constructor.name); }
for await (const {} of [1]);
