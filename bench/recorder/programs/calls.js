/** As many calls as it is told, of a function that adds two numbers. */
const calls = Number(process.argv[2]);

function add(a, b) {
  return (a + b) | 0;
}

let sum = 0;
for (let call = 0; call < calls; call += 1) sum = add(sum, call);
console.log(sum);
