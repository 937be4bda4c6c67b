/** A stream of pseudo-random numbers; equal seeds give equal streams on every machine. */
export interface Generator {
  /** Uniform in [0, 1), 32 bits of resolution. */
  next(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** A whole number in [0, count). */
  below(count: number): number;
  /** Standard normal. */
  normal(): number;
}

/**
 * Makes the generator of `seed` and a path of whole numbers below it, such as `(seed, epoch, batch)`. Since each path
 * has a stream of its own, the place in a long computation is all the state there is to keep.
 *
 * The generator is sfc32 (C. Doty-Humphrey, PractRand), each number of the path mixed in by its own rounds.
 */
export function generator(seed: number, ...path: readonly number[]): Generator {
  const state: State = { a: seed | 0, b: 0x9e3779b9 | 0, c: 0x243f6a88 | 0, counter: 1 };
  warmUp(state);
  for (const part of path) {
    state.a ^= part | 0;
    state.b ^= Math.floor(part / 2 ** 32) | 0;
    warmUp(state);
  }
  const next = () => draw(state) / 2 ** 32;
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    below: (count) => Math.floor(next() * count),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}

interface State {
  a: number;
  b: number;
  c: number;
  counter: number;
}

function warmUp(state: State): void {
  for (let round = 0; round < 15; round++) draw(state);
}

function draw(state: State): number {
  const sum = (state.a + state.b + state.counter) | 0;
  state.counter = (state.counter + 1) | 0;
  state.a = state.b ^ (state.b >>> 9);
  state.b = (state.c + (state.c << 3)) | 0;
  state.c = (((state.c << 21) | (state.c >>> 11)) + sum) | 0;
  return sum >>> 0;
}
