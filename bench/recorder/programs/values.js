/** As many steps as it is told, with five scalars in scope, which each turn changes. */
const turns = Number(process.argv[2]) / 5;

function run() {
  let whole = 0;
  let part = 0.5;
  let text = "none";
  let flag = true;
  for (let turn = 0; turn < turns; turn += 1) {
    whole = (whole + turn) | 0;
    part = whole / 3;
    text = flag ? "even" : "odd";
    flag = !flag;
  }
  return whole + part + text.length;
}

console.log(run());
