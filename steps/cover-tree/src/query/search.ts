import type { Collector } from "./collector.ts";

/**
 * One way to find neighbours. All ways find the same, to the last bit; they differ in how much they need to compute.
 */
export interface Search {
  /** Distances computed so far, bounds included. */
  readonly evaluations: number;
  /**
   * Answers queries, in their order.
   *
   * @param queries positions in the space.
   * @param ends of each query: only rows before it are neighbours.
   * @param done is given each query's index and what was found, which it must drain.
   */
  run(queries: Int32Array, ends: Int32Array, done: (index: number, found: Collector) => void): void;
}
