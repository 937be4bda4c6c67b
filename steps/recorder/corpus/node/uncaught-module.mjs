import { join } from "node:path";
class Broken extends Error { constructor(text, options) { super(text, options); this.code = "E_BROKEN"; } }
async function outer(parts) { await null; try { return join(...parts); } catch (cause) { throw new Broken("no path", { cause }); } }
process.on("exit", (code) => { console.log("leaving with", code, process.sourceMapsEnabled); });
await outer(["a", 5]);
