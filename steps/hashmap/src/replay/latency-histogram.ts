import type { RowCode } from "../compiled/row-memory.ts";

/** Slots for each power of two; values are told apart to one part in 64. */
const SLOTS = 64;
/** Slots for values up to 2^31. */
const ALL_SLOTS = 26 * SLOTS;
/** How much memory one takes: count, sum and max, then the slots. */
export const HISTOGRAM_BYTES = 3 * 8 + ALL_SLOTS * 4;

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
 * above the upper edge of the one before it, up to its own. They are counted by compiled code (`assembly/rows/record.ts`).
 */
export class LatencyHistogram {
  readonly #code: RowCode;
  readonly #place: number;
  readonly #totals: Float64Array;
  readonly #slots: Uint32Array;

  /** @param place `HISTOGRAM_BYTES` of the code's memory. */
  constructor(code: RowCode, place: Uint8Array) {
    this.#code = code;
    this.#place = place.byteOffset;
    this.#totals = new Float64Array(place.buffer, place.byteOffset, 3);
    this.#slots = new Uint32Array(place.buffer, place.byteOffset + 24, ALL_SLOTS);
  }

  get count(): number {
    return this.#totals[0]!;
  }

  /** The sum of all values, exact. */
  get sum(): number {
    return this.#totals[1]!;
  }

  get max(): number {
    return this.#totals[2]!;
  }

  record(nanoseconds: number): void {
    this.#code.count(this.#place, nanoseconds);
  }

  /** Each the upper edge of the slot in which the value of that rank lies, and never above `max`; 0 where nothing was recorded. */
  percentiles(): Percentiles {
    const { count, max } = this;
    const ranks = [0.5, 0.9, 0.99, 0.999].map((share) => Math.max(1, Math.ceil(share * count)));
    const found: number[] = [];
    let below = 0;
    for (let slot = 0; below < count; slot++) {
      below += this.#slots[slot]!;
      while (found.length < ranks.length && below >= ranks[found.length]!) {
        found.push(Math.min(UPPER_EDGES[slot]!, max));
      }
    }
    const [p50 = 0, p90 = 0, p99 = 0, p999 = 0] = found;
    return { p50, p90, p99, p999, max };
  }

  /** For each of `bounds`, ascending powers of two, how many values are at or below it: exact, since they are edges of slots. */
  cumulative(bounds: readonly number[]): number[] {
    const counts: number[] = [];
    let below = 0;
    for (let slot = 0, bound = 0; bound < bounds.length; bound++) {
      for (; below < this.count && UPPER_EDGES[slot]! <= bounds[bound]!; slot++) below += this.#slots[slot]!;
      counts.push(below);
    }
    return counts;
  }
}

const UPPER_EDGES = Float64Array.from({ length: ALL_SLOTS }, (_, slot) => {
  const shift = Math.max(0, Math.floor(slot / SLOTS) - 1);
  return (slot - shift * SLOTS + 1) * 2 ** shift;
});
