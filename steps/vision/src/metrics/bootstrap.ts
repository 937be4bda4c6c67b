import { generator } from "../random/generator.ts";

/** The middle `level` of what a metric comes to on resamples. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Percentile bootstrap (Efron 1979): draws `count` positions with replacement, `resamples` times, computes the metrics
 * on each, and gives the percentiles (1 ∓ level)/2, interpolated linearly as NumPy does. A resample on which a metric
 * is null is left out for it; where all are, there is no interval.
 *
 * @param measure computes the metrics on the positions drawn, which it must not keep.
 */
export function bootstrap<K extends string>(
  names: readonly K[],
  count: number,
  measure: (positions: Uint32Array) => Readonly<Record<K, number | null>>,
  options: { readonly resamples: number; readonly level: number; readonly seed: number },
): Map<K, Interval> {
  const random = generator(options.seed);
  const positions = new Uint32Array(count);
  const columns = names.map((): number[] => []);
  for (let resample = 0; resample < options.resamples; resample++) {
    for (let index = 0; index < count; index++) positions[index] = random.below(count);
    const values = measure(positions);
    for (const [column, name] of names.entries()) {
      const value = values[name];
      if (value !== null) columns[column]!.push(value);
    }
  }
  const tail = (1 - options.level) / 2;
  return new Map(
    names.flatMap((name, column) => {
      const sorted = Float64Array.from(columns[column]!).sort();
      return sorted.length === 0 ? [] : [[name, { low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) }]];
    }),
  );
}

/** The q-quantile of ascending values, interpolated linearly between the two nearest ranks. */
export function quantile(sorted: Float64Array, q: number): number {
  const rank = q * (sorted.length - 1);
  const below = Math.floor(rank);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (rank - below);
}
