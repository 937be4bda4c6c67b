function leave(code) { try { console.log("leaving"); process.exit(code); } finally { console.log("not reached"); } }
function around() { leave(4); console.log("not reached"); }
process.on("exit", (code) => { function last() { console.log("exit handler", code); } last(); });
around();
