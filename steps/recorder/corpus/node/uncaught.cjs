function third() { throw new RangeError("out of all frames"); }
function second() { try { third(); } finally { console.log("unwinding"); } }
const first = () => second();
first();
