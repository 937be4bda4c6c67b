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
 * Counts durations in whole nanoseconds in slots that grow with the value, as HdrHistogram (G. Tene) does: to 128 ns
 * exactly, above that to 1.6 %, up to 2^31 ns; a longer one counts as that, and `max` is exact all the same. A slot
 * holds the values above the upper edge of the one before it, up to its own. They are counted by compiled code
 * (`assembly/rows/histogram.ts`).
 */
export class LatencyHistogram {
  readonly #code: RowCode;
  readonly #place: number;
  readonly #totals: Float64Array;

  /** @param place `HISTOGRAM_BYTES` of the code's memory. */
  constructor(code: RowCode, place: Uint8Array) {
    this.#code = code;
    this.#place = place.byteOffset;
    this.#totals = new Float64Array(place.buffer, place.byteOffset, 3);
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

  /**
   * Each the upper edge of the slot in which the value of that rank lies, and never above `max`; 0 where nothing was
   * recorded.
   */
  percentiles(): Percentiles {
    const { count, max } = this;
    const at = (share: number) => {
      const rank = Math.max(1, Math.ceil(share * count));
      return count === 0 ? 0 : Math.min(this.#code.edgeAt(this.#place, rank), max);
    };
    return { p50: at(0.5), p90: at(0.9), p99: at(0.99), p999: at(0.999), max };
  }

  /**
   * For each of `bounds`, ascending powers of two from 64 on, how many values are at or below it: exact, since they are
   * edges of slots.
   */
  cumulative(bounds: readonly number[]): number[] {
    let count = 0;
    let slot = 0;
    return bounds.map((bound) => {
      const end = SLOTS * (Math.log2(bound / SLOTS) + 1);
      count += this.#code.countIn(this.#place, slot, end);
      slot = end;
      return count;
    });
  }
}
