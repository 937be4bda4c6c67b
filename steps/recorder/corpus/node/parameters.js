let calls = []; const next = (n) => { calls.push(n); return n; };
function f(a = next(1), b = (() => a + next(2))(), { c = next(3) } = {}) { var a; let inner = () => a; a = 9; return [a, b, c, inner()]; }
console.log(f(), f(5, undefined, { c: 0 }), calls); const g = (x = x) => x; try { g(); } catch (error) { console.log(error.name); }
function shadowed(x) { { try { x; } catch (e) { console.log(e.name); } let x = 2; { let x = 3; } } return x; } console.log(shadowed(1));
