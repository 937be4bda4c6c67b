/** Counts how many entries lookups looked at. */
export class ProbeHistogram {
  readonly #counts: Int32Array;
  readonly #sum: Float64Array;

  /**
   * `counts` by number of probes, of which the last stands for more as well; `sum` has one number. Others count into
   * both.
   */
  constructor(counts: Int32Array, sum: Float64Array) {
    this.#counts = counts;
    this.#sum = sum;
  }

  /** The sum of all probes, exact. */
  get sum(): number {
    return this.#sum[0]!;
  }

  /** Pairs of probes and count, ascending, of so many lookups in all; the last pair may stand for more probes, too. */
  pairs(lookups: number): [probes: number, count: number][] {
    const pairs: [number, number][] = [];
    for (let [probes, left] = [0, lookups]; left > 0; probes++) {
      const count = this.#counts[probes]!;
      if (count > 0) pairs.push([probes, count]);
      left -= count;
    }
    return pairs;
  }
}
