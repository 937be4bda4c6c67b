import { generator } from "../random/generator.ts";
import { shuffled } from "../random/shuffled.ts";
import { quantile } from "./bootstrap.ts";

/**
 * Population stability index: Σ (cᵢ − rᵢ) · ln(cᵢ / rᵢ) over bins that hold equal shares of the reference, each share
 * at least 0.0001. Below 0.1 is commonly read as stable, above 0.25 as shifted.
 */
export function populationStability(reference: Float64Array, current: Float64Array, bins = 10): number {
  const sorted = reference.slice().sort();
  const borders = Array.from({ length: bins - 1 }, (_, index) => quantile(sorted, (index + 1) / bins));
  const shares = (values: Float64Array) => {
    const counts = new Float64Array(bins);
    for (const value of values) {
      const bin = borders.filter((border) => border < value).length;
      counts[bin] = counts[bin]! + 1;
    }
    return counts.map((count) => Math.max(1e-4, count / values.length));
  };
  const [before, after] = [shares(reference), shares(current)];
  return after.reduce((sum, share, bin) => sum + (share - before[bin]!) * Math.log(share / before[bin]!), 0);
}

export interface KolmogorovSmirnov {
  /** The greatest distance between the two empirical distributions. */
  readonly statistic: number;
  /** The chance of one as great without a difference, by Kolmogorov's limit with Stephens' correction. */
  readonly p: number;
}

/** The two-sample test of Kolmogorov and Smirnov. */
export function kolmogorovSmirnov(first: Float64Array, second: Float64Array): KolmogorovSmirnov {
  const [a, b] = [first.slice().sort(), second.slice().sort()];
  let i = 0;
  let j = 0;
  let statistic = 0;
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    statistic = Math.max(statistic, Math.abs(i / a.length - j / b.length));
  }
  const root = Math.sqrt((a.length * b.length) / (a.length + b.length));
  return { statistic, p: kolmogorovTail((root + 0.12 + 0.11 / root) * statistic) };
}

export interface MaximumMeanDiscrepancy {
  /** The unbiased estimate of MMD², which may lie below 0. */
  readonly squared: number;
  /** The share of random exchanges of the two samples, the one found among them, with one as great. */
  readonly p: number;
}

/**
 * Maximum mean discrepancy of two samples of vectors, with a Gaussian kernel as wide as the median distance between
 * them all (Gretton et al. 2012), and its permutation test. Of each sample at most `most` vectors are taken, by chance.
 *
 * @param first [count, width], row by row.
 */
export function meanDiscrepancy(
  first: Float32Array,
  second: Float32Array,
  width: number,
  {
    most = 200,
    permutations = 199,
    seed,
  }: { readonly most?: number; readonly permutations?: number; readonly seed: number },
): MaximumMeanDiscrepancy {
  const chosen = [first, second].map((sample, which) => {
    const rows = shuffled(
      Array.from({ length: sample.length / width }, (_, row) => row),
      generator(seed, which),
    );
    return rows.slice(0, most).map((row) => sample.subarray(row * width, (row + 1) * width));
  });
  const vectors = chosen.flat();
  const kernel = kernelOf(vectors);
  const size = chosen[0]!.length;
  const order = [...vectors.keys()];
  const squared = discrepancy(kernel, order, size);
  const random = generator(seed, 2);
  let asGreat = 1;
  for (let round = 0; round < permutations; round++) {
    if (discrepancy(kernel, shuffled(order, random), size) >= squared) asGreat++;
  }
  return { squared, p: asGreat / (permutations + 1) };
}

function kernelOf(vectors: readonly Float32Array[]): readonly Float64Array[] {
  const squares = vectors.map((a) =>
    Float64Array.from(vectors, (b) => a.reduce((sum, value, at) => sum + (value - b[at]!) ** 2, 0)),
  );
  const apart = Float64Array.from(squares.flatMap((row, index) => [...row.subarray(index + 1)])).sort();
  const width = apart.length === 0 ? 1 : quantile(apart, 0.5) || 1;
  return squares.map((row) => row.map((square) => Math.exp(-square / width)));
}

function discrepancy(kernel: readonly Float64Array[], order: readonly number[], size: number): number {
  let within = 0;
  let beyond = 0;
  let across = 0;
  for (let i = 0; i < order.length; i++) {
    const row = kernel[order[i]!]!;
    for (let j = 0; j < i; j++) {
      const value = row[order[j]!]!;
      if (i < size) within += value;
      else if (j >= size) beyond += value;
      else across += value;
    }
  }
  const others = order.length - size;
  const pairs = (count: number) => Math.max(1, (count * (count - 1)) / 2);
  return within / pairs(size) + beyond / pairs(others) - (2 * across) / Math.max(1, size * others);
}

/** 2 · Σ (−1)^(k−1) · exp(−2k²λ²). */
function kolmogorovTail(lambda: number): number {
  if (lambda < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * lambda * lambda);
  return Math.min(1, Math.max(0, sum));
}
