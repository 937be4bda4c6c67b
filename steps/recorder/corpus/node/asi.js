let a = 1
let b = a
++b
const f = function () { return a }
const g = () => {
  return
  a
}
do a++
while (a < 3) console.log(a, b, f(), g())
var x
;[1, 2].forEach((n) => { x = n })
if (a) console.log("a")
else console.log("b")
for (var i = 0; i < 1; i++) console.log(i)
label: while (true) break label
const o = { async *m() { yield 1 }, get: 1, set: 2, static: 3, async: 4, async async() {}, get get() { return 5 } }
console.log(x, o.get, Object.keys(o).join())
