import type { Gathered } from "../space/gathered.ts";
import type { KernelMemory } from "./kernel-memory.ts";
import type { Kernels } from "./kernels.ts";

/** Rows of a matrix, some of which stand in panels of 8, under the Euclidean distance. */
export class GatheredRows implements Gathered {
  places: Int32Array = new Int32Array();
  distances: Float64Array = new Float64Array();
  readonly #memory: KernelMemory;
  readonly #kernel: Kernels["within"];
  readonly #matrix: Float64Array;
  readonly #width: number;
  #panels: Float64Array = new Float64Array();
  #limits: Float64Array = new Float64Array();

  /** @param matrix in the memory of the kernel, `width` numbers a row. */
  constructor(memory: KernelMemory, kernel: Kernels["within"], matrix: Float64Array, width: number) {
    this.#memory = memory;
    this.#kernel = kernel;
    this.#matrix = matrix;
    this.#width = width;
  }

  gather(positions: ArrayLike<number>, limits: ArrayLike<number>): void {
    if (this.#limits.length === 0) this.#makeRoom();
    const width = this.#width;
    const matrix = this.#matrix;
    const panels = this.#panels;
    for (let place = 0; place < positions.length; place++) {
      const from = positions[place]! * width;
      const at = (place & ~7) * width + (place & 7);
      for (let column = 0; column < width; column++) panels[at + column * 8] = matrix[from + column]!;
      this.#limits[place] = limits[place]!;
    }
  }

  within(from: number, count: number, most: number): number {
    return this.#kernel(
      this.#matrix.byteOffset + from * this.#width * 8,
      this.#panels.byteOffset,
      this.#width,
      count,
      this.#limits.byteOffset,
      most,
      this.places.byteOffset,
      this.distances.byteOffset,
    );
  }

  /** For every row, since what is allocated stays so; what is never written to takes no memory of the machine. */
  #makeRoom(): void {
    const room = (this.#matrix.length / this.#width + 7) & ~7;
    this.#panels = this.#memory.doubles(room * this.#width);
    this.#limits = this.#memory.doubles(room);
    this.places = this.#memory.integers(room);
    this.distances = this.#memory.doubles(room + 8);
  }
}

/** What `GatheredRows` takes of the memory for a matrix of so many rows, at most. */
export function gatheredBytes(count: number, width: number): number {
  return (count + 16) * (width * 8 + 8 + 4 + 8) + 512;
}
