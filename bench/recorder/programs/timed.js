/** As many turns as it is told, and how long they took. */
function work(turns) {
  let state = 1;
  const seen = new Array(64).fill(0);
  for (let turn = 0; turn < turns; turn += 1) {
    state = (Math.imul(state, 1103515245) + 12345) | 0;
    seen[state & 63] += mix(state, turn);
  }
  return seen.reduce((sum, one) => sum + one, 0);
}

function mix(a, b) {
  return (a ^ b) & 1;
}

const begin = performance.now();
const result = work(Number(process.argv[2]));
console.log(`took ${(performance.now() - begin).toFixed(3)} ms`);
if (!Number.isInteger(result)) process.exitCode = 1;
