/** Slots for each power of two; values are told apart to one part in 64. */
const SLOTS = 64;
const MOST = 2 ** 31;

/** The percentiles that are reported, in nanoseconds. */
export interface Percentiles {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/**
 * Counts durations in whole nanoseconds in slots that grow with the value, as HdrHistogram (G. Tene) does: to 128 ns exactly,
 * above that to 1.6 %, up to 2^31 ns; a longer one counts as that, and `max` is exact all the same. A slot holds the values
 * above the upper edge of the one before it, up to its own.
 */
export class LatencyHistogram {
  readonly #counts = new Uint32Array(slotOf(MOST) + 1);
  #count = 0;
  #sum = 0;
  #max = 0;

  get count(): number {
    return this.#count;
  }

  /** The sum of all values, exact. */
  get sum(): number {
    return this.#sum;
  }

  record(nanoseconds: number): void {
    this.#counts[slotOf(nanoseconds)]!++;
    this.#count++;
    this.#sum += nanoseconds;
    if (nanoseconds > this.#max) this.#max = nanoseconds;
  }

  add(other: LatencyHistogram): void {
    for (let slot = 0; slot < this.#counts.length; slot++) this.#counts[slot]! += other.#counts[slot]!;
    this.#count += other.#count;
    this.#sum += other.#sum;
    this.#max = Math.max(this.#max, other.#max);
  }

  /** Each the upper edge of the slot in which the value of that rank lies, and never above `max`; 0 where nothing was recorded. */
  percentiles(): Percentiles {
    const ranks = [0.5, 0.9, 0.99, 0.999].map((share) => Math.max(1, Math.ceil(share * this.#count)));
    const found: number[] = [];
    let below = 0;
    for (let slot = 0; slot < this.#counts.length && found.length < ranks.length; slot++) {
      below += this.#counts[slot]!;
      while (found.length < ranks.length && below >= ranks[found.length]!) {
        found.push(Math.min(upperEdge(slot), this.#max));
      }
    }
    const [p50 = 0, p90 = 0, p99 = 0, p999 = 0] = found;
    return { p50, p90, p99, p999, max: this.#max };
  }

  /** For each of `bounds`, ascending powers of two, how many values are at or below it: exact, since they are edges of slots. */
  cumulative(bounds: readonly number[]): number[] {
    const counts: number[] = [];
    let below = 0;
    for (let slot = 0, bound = 0; bound < bounds.length; bound++) {
      for (; slot < this.#counts.length && upperEdge(slot) <= bounds[bound]!; slot++) below += this.#counts[slot]!;
      counts.push(below);
    }
    return counts;
  }
}

function slotOf(nanoseconds: number): number {
  const value = nanoseconds < 1 ? 0 : nanoseconds >= MOST ? MOST - 1 : nanoseconds - 1;
  const shift = Math.max(0, 25 - Math.clz32(value));
  return shift * SLOTS + (value >>> shift);
}

function upperEdge(slot: number): number {
  const shift = Math.max(0, Math.floor(slot / SLOTS) - 1);
  return (slot - shift * SLOTS + 1) * 2 ** shift;
}
