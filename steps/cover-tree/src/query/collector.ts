/** Where a search puts what it finds for one query. */
export interface Collector {
  readonly count: number;
  /** Only neighbours at most this far away matter; it never rises while a query is answered. */
  readonly limit: number;
  offer(distance: number, row: number): void;
  /** Writes the neighbours, nearest first and ties by smaller row, and is empty afterwards. */
  drain(distances: Float64Array, rows: Int32Array, at: number): void;
}

/** What a search is asked: which neighbours of each query. */
export type Ask =
  | { readonly kind: "nearest"; readonly k: number }
  | { readonly kind: "within"; readonly radius: number };
