/** Probes above this are counted as this. */
const MOST = 1023;

/** Counts how many entries lookups looked at. */
export class ProbeHistogram {
  readonly #counts = new Uint32Array(MOST + 1);
  #sum = 0;

  /** The sum of all probes, exact. */
  get sum(): number {
    return this.#sum;
  }

  record(probes: number): void {
    this.#counts[probes < MOST ? probes : MOST]!++;
    this.#sum += probes;
  }

  /** Pairs of probes and count, ascending, without those that never were; the last pair may stand for more probes, too. */
  pairs(): [probes: number, count: number][] {
    return [...this.#counts].flatMap((count, probes) => (count === 0 ? [] : [[probes, count] as [number, number]]));
  }
}
