/** Draws numbers that look like chance, and are the same for the same seed. */
export interface Random {
  /** From 0 to below 1. */
  share(): number;
  /** A whole number from 0 to below `count`. */
  below(count: number): number;
  pick<T>(items: readonly T[]): T;
}

/** SplitMix32: https://gee.cs.oswego.edu/dl/papers/oopsla14.pdf, cut to 32 bits. */
export function random(seed: number): Random {
  const state = new Uint32Array([seed]);
  const share = () => {
    state[0] = state[0]! + 0x9e3779b9;
    let mixed = state[0]!;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(share() * count);
  return { share, below, pick: (items) => items[below(items.length)]! };
}
