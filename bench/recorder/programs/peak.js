/** As many steps as it is told, and how much memory the process held at most. */
const turns = Number(process.argv[2]) / 2;

function run() {
  let sum = 0;
  for (let turn = 0; turn < turns; turn += 1) sum = (sum + turn) | 0;
  return sum;
}

run();
console.log(`peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
