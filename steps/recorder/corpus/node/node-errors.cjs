const { Writable } = require("node:stream"); const { readFileSync } = require("node:fs");
function attempt(work) { try { work(); } catch (error) { console.log(error.stack.replaceAll(__filename, "HERE").split("\n").slice(0, 4).join("\n")); } }
attempt(() => readFileSync(5.5)); attempt(() => process.stdout.write(5)); attempt(() => require("./absent")); attempt(() => new Writable().write(null)); attempt(() => process.kill("x"));
attempt(() => eval("missing + 1")); attempt(() => new Function("a", "return a.b.c")(1)); attempt(() => JSON.parse("{")); attempt(() => null.x); attempt(() => [1].reduce(undefined)); attempt(() => decodeURIComponent("%"));
import("./absent.mjs").catch((error) => console.log(error.stack.split("\n").slice(1).join("\n")));
