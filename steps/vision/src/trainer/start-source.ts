import { type GradientSource, gradientSource } from "./gradient-source.ts";
import { gradientThreads } from "./gradient-threads.ts";
import type { Objective } from "./objective.ts";

/** The rows of a batch for at most `batch` of `count` images: as many, and a multiple of `threads`. */
export function batchRows(batch: number, count: number, threads: number): number {
  return Math.ceil(Math.min(batch, count) / threads) * threads;
}

/** Computes gradients in this thread; where more are asked for, the others take their share of the rows. */
export function startSource(
  objective: Objective,
  rows: number,
  frozen: Float32Array,
  threads: number,
): Promise<GradientSource> {
  return threads === 1 ? gradientSource(objective, rows, frozen) : gradientThreads(objective, rows, frozen, threads);
}
