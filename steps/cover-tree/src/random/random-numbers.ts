/** Pseudo-random numbers; equal seeds give equal ones on every machine. */
export interface RandomNumbers {
  /** Uniform in [0, 1), 32 bits of resolution. */
  next(): number;
  /** A whole number in [0, count). */
  below(count: number): number;
  /** Standard normal (Box and Muller). */
  normal(): number;
}

/** The generator is splitmix32, the 32-bit sibling of Steele, Lea and Flood's splitmix64. */
export function randomNumbers(seed: number): RandomNumbers {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    below: (count) => Math.floor(next() * count),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}

/** The numbers from `from` up to `to`, in an order that depends on the seed alone (Fisher and Yates). */
export function shuffled(from: number, to: number, random: RandomNumbers): Int32Array {
  const order = Int32Array.from({ length: to - from }, (_, index) => from + index);
  for (let last = order.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const value = order[last]!;
    order[last] = order[other]!;
    order[other] = value;
  }
  return order;
}
