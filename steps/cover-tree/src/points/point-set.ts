/** Points as rows of a matrix: row `i` lies at `values[i * dimension]` and after it. */
export interface PointSet {
  readonly count: number;
  readonly dimension: number;
  readonly values: Float64Array;
}
