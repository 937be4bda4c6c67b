function* numbers() { try { yield 1; yield 2; } finally { console.log("never printed"); } }
function take() { const it = numbers(); return it.next().value; }
function after() { return "after"; }
console.log(take(), after(), take());
