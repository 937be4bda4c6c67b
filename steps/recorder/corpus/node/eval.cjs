"use strict";
function evaluate(code) { const hidden = 5; return eval(code); }
console.log(evaluate("hidden + 1"), evaluate("(() => hidden * 2)()"), new Function("a", "return a + 1")(2), (0, eval)("typeof evaluate"));
try { evaluate("}{"); } catch (error) { console.log(error.name); }
const vm = require("node:vm"); console.log(vm.runInNewContext("x + 1", { x: 1 }));
