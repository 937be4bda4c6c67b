/** A named array of 32-bit floats, row by row. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}
