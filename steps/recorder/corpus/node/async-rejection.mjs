async function fails(how) { await null; if (how) throw new Error(how); return "fine"; }
async function handles(how) { try { return await fails(how); } catch (error) { return `caught ${error.message}`; } finally { await null; console.log("cleanup", how); } }
async function passes(how) { await fails(how); }
console.log(await handles(""), await handles("one"));
const results = await Promise.allSettled([passes("two"), fails(""), Promise.reject(new Error("three"))]);
for (const { status, reason, value } of results) console.log(status, reason?.message ?? value);
await passes("four").catch((error) => console.log(error.message));
