function grade(n) { switch (true) { case n > 90: { let mark = "A"; return mark; } case n > 50: const local = "B"; case n > 40: n += 1; break; default: return "F"; } return n; }
for (const n of [95, 60, 45, 10]) console.log(grade(n));
outer: for (let i = 0; i < 3; i++) for (let j = 0; ; j++) { if (j === 2) continue outer; if (i === 2) break outer; console.log(i, j); }
let k = 3; do k--; while (k > 0); while (k < 2) k++; if (k === 1) ; else if (k === 2) console.log("two"); else console.log("other");
for (const key in { a: 1, b: 2 }) console.log(key); for (;;) break; {} ;; var v = (1, 2); console.log(k, v, k ?? 1, k?.toFixed?.(1), k ||= 5, void 0);
block: { if (v) break block; console.log("skipped"); } const t = k ? (v, k) : 0; console.log(t, `${[1, 2].map((x) => { return x * 2; })}`);
