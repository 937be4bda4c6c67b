function shadow() { return arguments.length + typeof inner; var inner; function inner() {} }
function again() { return 1; } function again() { return 2; }
function swap(a) { arguments[0] = 9; return a; }
function self() { return this === globalThis; }
with ({ w: 1 }) { console.log(w); }
if (true) function conditional() { return "conditional"; }
label: for (var i = 0; i < 3; i++) { for (;;) { if (i === 1) break label; continue label; } }
undeclared = 5; delete globalThis.undeclared;
console.log(shadow(1, 2), again(), swap(1), self(), conditional(), i, typeof undeclared, 010);
