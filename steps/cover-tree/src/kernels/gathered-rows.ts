import type { Gathered } from "../space/gathered.ts";
import type { KernelMemory } from "./kernel-memory.ts";
import type { Kernels } from "./kernels.ts";

/** Rows that one call takes to their nearest. */
const PIECE = 256;

/** Rows of a matrix, some of which stand in panels of 8, under the Euclidean distance. */
export class GatheredRows implements Gathered {
  places: Int32Array = new Int32Array();
  distances: Float64Array = new Float64Array();
  readonly #memory: KernelMemory;
  readonly #kernels: Kernels;
  readonly #matrix: Float64Array;
  readonly #width: number;
  #panels: Float64Array = new Float64Array();
  #limits: Float64Array = new Float64Array();
  #size = 0;
  #farthest: Float64Array = new Float64Array();
  #rows: Int32Array = new Int32Array();
  #apart: Float64Array = new Float64Array();
  #chosen: Int32Array = new Int32Array();

  /** @param matrix in the memory of the kernels, `width` numbers a row. */
  constructor(memory: KernelMemory, kernels: Kernels, matrix: Float64Array, width: number) {
    this.#memory = memory;
    this.#kernels = kernels;
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
    this.#size = positions.length;
  }

  within(from: number, count: number, most: number): number {
    return this.#kernels.within(
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

  nearest(positions: Int32Array, distances: Float64Array, farthest: readonly number[], chosen: Int32Array): number {
    this.#limits.fill(Number.NaN, this.#size, (this.#size + 7) & ~7);
    for (let place = 0; place < farthest.length; place += 8) this.#farthest[place >> 3] = farthest[place]!;
    let computed = 0;
    for (let first = 0; first < positions.length; first += PIECE) {
      const count = Math.min(PIECE, positions.length - first);
      for (let index = 0; index < count; index++) {
        this.#rows[index] = positions[first + index]!;
        this.#apart[index] = distances[first + index]!;
      }
      computed += this.#kernels.nearest(
        this.#matrix.byteOffset,
        this.#width,
        this.#rows.byteOffset,
        count,
        this.#panels.byteOffset,
        this.#size,
        this.#limits.byteOffset,
        this.distances.byteOffset,
        this.#farthest.byteOffset,
        this.#apart.byteOffset,
        this.#chosen.byteOffset,
      );
      for (let index = 0; index < count; index++) {
        chosen[first + index] = this.#chosen[index]!;
        distances[first + index] = this.#apart[index]!;
      }
    }
    return computed;
  }

  /** For every row, since what is allocated stays so; what is never written to takes no memory of the machine. */
  #makeRoom(): void {
    const room = (this.#matrix.length / this.#width + 7) & ~7;
    this.#panels = this.#memory.doubles(room * this.#width);
    this.#limits = this.#memory.doubles(room);
    this.places = this.#memory.integers(room);
    this.distances = this.#memory.doubles(room + 8);
    this.#farthest = this.#memory.doubles(room >> 3);
    this.#rows = this.#memory.integers(PIECE);
    this.#apart = this.#memory.doubles(PIECE);
    this.#chosen = this.#memory.integers(PIECE);
  }
}

/** What `GatheredRows` takes of the memory for a matrix of so many rows, at most. */
export function gatheredBytes(count: number, width: number): number {
  return (count + 16) * (width * 8 + 8 + 4 + 8 + 1) + PIECE * 16 + 1024;
}
