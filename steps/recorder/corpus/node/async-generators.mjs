async function* lines(n) { try { for (let i = 0; i < n; i++) { await null; yield `line ${i}`; } } finally { await null; console.log("closed", n); } }
async function* both() { yield* lines(2); yield* [Promise.resolve("p"), "q"]; }
for await (const line of both()) console.log(line);
for await (const line of lines(9)) { if (line.endsWith("1")) break; console.log(line); }
const it = lines(5); console.log(await it.next()); console.log(await it.return("early")); console.log(await it.next());
