const out = []; const log = (x) => out.push(x);
async function one() { log("one 1"); await two(); log("one 2"); }
async function two() { log("two 1"); return Promise.resolve().then(() => log("then")); }
const thenable = { then(resolve) { log("thenable"); resolve(); } };
async function three() { await thenable; log("three"); }
setTimeout(() => { log("timeout"); console.log(out.join(", ")); });
process.nextTick(() => log("tick")); queueMicrotask(() => log("micro"));
one(); three(); Promise.resolve().then(() => log("p1")).then(() => log("p2")); log("sync");
