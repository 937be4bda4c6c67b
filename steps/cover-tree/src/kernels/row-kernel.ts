import type { KernelMemory } from "./kernel-memory.ts";
import type { Kernels } from "./kernels.ts";

/** Rows that one call compares. */
const PIECE = 256;

/** What a row kernel takes of the memory, at most. */
export const ROW_KERNEL_BYTES = PIECE * 12 + 128;

/** Compares one row of a matrix with several others by a kernel that takes 8 at a time. */
export class RowKernel {
  readonly #kernel: Kernels["rowSquares"];
  readonly #matrix: number;
  readonly #width: number;
  readonly #others: Int32Array;
  readonly #results: Float64Array;

  /** @param matrix in the memory of the kernel, `width` numbers a row. */
  constructor(memory: KernelMemory, kernel: Kernels["rowSquares"], matrix: Float64Array, width: number) {
    this.#kernel = kernel;
    this.#matrix = matrix.byteOffset;
    this.#width = width;
    this.#others = memory.integers(PIECE);
    this.#results = memory.doubles(PIECE);
  }

  /** Writes what the kernel makes of `from` and each of the others to `into`. */
  run(from: number, to: ArrayLike<number>, into: Float64Array): void {
    const others = this.#others;
    const results = this.#results;
    for (let first = 0; first < to.length; first += PIECE) {
      const length = Math.min(PIECE, to.length - first);
      for (let index = 0; index < length; index++) others[index] = to[first + index]!;
      const whole = (length + 7) & ~7;
      others.fill(from, length, whole);
      this.#kernel(this.#matrix, this.#width, from, others.byteOffset, whole, results.byteOffset);
      for (let index = 0; index < length; index++) into[first + index] = results[index]!;
    }
  }
}
