// Programs and libraries that stand in for process.emit, as signal-exit does, or listen to everything.
const { emit } = process; const seen = [];
process.emit = function (name, ...values) { seen.push(name); if (name === "exit") console.log("leaving", seen.join(), new Error("x").stack.split("\n").slice(1, 3).join("|").replaceAll(__filename, "HERE")); return emit.call(this, name, ...values); };
process.on("uncaughtExceptionMonitor", (error, origin) => console.log("monitor", error.message, origin, process.listenerCount("exit")));
process.once("uncaughtException", (error) => { console.log("handled", error.message, new Error("in").stack.replaceAll(__filename, "HERE").split("\n").slice(1).join("|")); setTimeout(() => later(), 1); });
function later() { throw new TypeError("second"); }
setTimeout(function first() { throw new Error("first"); }, 1);
