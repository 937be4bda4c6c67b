/** The primes up to a limit. */
function primesUpTo(limit) {
  const primes = [];
  for (let candidate = 2; candidate <= limit; candidate += 1) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}

function* factorsOf(number) {
  let rest = number;
  for (const prime of primesUpTo(number)) {
    while (rest % prime === 0) {
      rest /= prime;
      yield prime;
    }
  }
}

const number = Number(process.argv[2]);
console.log(`${number} = ${[...factorsOf(number)].join(" × ")}`);
