/** As many steps as it is told, in a function that does little else: three a turn of the loop. */
const turns = Number(process.argv[2]) / 3;

function run() {
  let sum = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    sum = (sum + turn) | 0;
    sum ^= turn;
  }
  return sum;
}

console.log(run());
