function inner(what) {
  if (what === "throw") throw new TypeError("thrown");
  if (what === "null") null.property;
  return what;
}
function middle(what) {
  try { return inner(what); } finally { console.log("finally", what); }
}
function outer(what) {
  try { return middle(what); } catch ({ name, message = "none" }) { return `${name}: ${message}`; }
}
function overridden() { try { throw new Error("lost"); } finally { return "won"; } }
function broken() { for (const i of [1, 2]) { try { return i; } finally { if (i === 1) continue; } } return "end"; }
for (const what of ["fine", "throw", "null"]) console.log(outer(what));
console.log(overridden(), broken());
try { throw 5; } catch (n) { console.log(n); }
try { throw undefined; } catch { console.log("no binding"); }
