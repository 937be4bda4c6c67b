import { PLAIN, type WorkloadShape } from "./workload-shape.ts";

/** A workload that has a name, and its seed. */
export interface CanonicalWorkload {
  readonly seed: number;
  readonly shape: WorkloadShape;
}

/**
 * The canonical workloads. Those from `w_uniform` to `demo` are the original's; of `stress` to `long_skew` it published
 * the number of rows alone, and the rest is chosen here. `stress_1m` is the one of the throughput figure.
 */
export const CANONICAL = {
  w_uniform: named(42, { ops: 100_000, readRatio: 0.8, keySpace: 20_000 }),
  w_skew_adv: named(1337, { ...adversarial(0.1, 8), ops: 100_000, readRatio: 0.6, keySkew: 1.2, keySpace: 20_000 }),
  w_heavy_adv: named(777, { ...adversarial(0.25, 10), ops: 200_000, readRatio: 0.4, keySkew: 1.4, keySpace: 50_000 }),
  demo: named(1, { ...adversarial(0.15, 7), ops: 80_000, readRatio: 0.7, keySkew: 1.1, keySpace: 15_000 }),
  stress: named(2024, { ops: 200_000, readRatio: 0.5, keySkew: 0.8, keySpace: 100_000 }),
  stress_big: named(2025, { ops: 600_000, readRatio: 0.5, keySkew: 0.8, keySpace: 300_000 }),
  hot: named(2026, { ops: 200_000, readRatio: 0.8, keySkew: 1.3, keySpace: 500 }),
  long_skew: named(2027, { ops: 1_000_000, readRatio: 0.7, keySkew: 1.1, keySpace: 200_000 }),
  stress_1m: named(2028, { ops: 1_000_000, readRatio: 0.5, keySkew: 0.6, keySpace: 500_000 }),
} as const;

export type CanonicalName = keyof typeof CANONICAL;

export const CANONICAL_NAMES = Object.keys(CANONICAL) as readonly CanonicalName[];

function named(seed: number, shape: Partial<WorkloadShape>): CanonicalWorkload {
  return { seed, shape: { ...PLAIN, ...shape } };
}

function adversarial(adversarialRatio: number, adversarialLowBits: number): Partial<WorkloadShape> {
  return { adversarialRatio, adversarialLowBits };
}
