/** Count, extremes, mean and deviation of a stream of whole numbers (B. Welford, 1962). */
export class RunningStats {
  #count = 0;
  #min = Infinity;
  #max = 0;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    this.#count++;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    const before = value - this.#mean;
    this.#mean += before / this.#count;
    this.#squares += before * (value - this.#mean);
  }

  /** `stdev` is that of the whole, not of a sample. */
  summary(): { count: number; min: number; max: number; mean: number; stdev: number } {
    if (this.#count === 0) return { count: 0, min: 0, max: 0, mean: 0, stdev: 0 };
    return {
      count: this.#count,
      min: this.#min,
      max: this.#max,
      mean: this.#mean,
      stdev: Math.sqrt(this.#squares / this.#count),
    };
  }
}
