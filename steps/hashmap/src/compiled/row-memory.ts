import { newPages } from "./compiled-code.ts";
import { rowCode } from "./row-code.ts";

/**
 * Arrays that compiled loops see, in memory of a fixed size; a loop is told of one by its `byteOffset`. All are zero at
 * first.
 */
export class RowMemory {
  readonly code: RowCode;
  readonly #buffer: ArrayBuffer;
  #end = 0;

  /** Room for `bytes`, and for what aligning some arrays takes. */
  constructor(bytes: number) {
    const memory = newPages(Math.ceil(bytes / PAGE) + 1);
    this.code = rowCode.instantiate({ env: { memory } });
    this.#buffer = memory.buffer;
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#buffer, this.#take(length), length);
  }

  integers(length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.#buffer, this.#take(length * 4), length);
  }

  doubles(length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.#buffer, this.#take(length * 8), length);
  }

  #take(bytes: number): number {
    const start = this.#end;
    this.#end = Math.ceil((start + bytes) / ALIGNMENT) * ALIGNMENT;
    return start;
  }
}

export type RowCode = ReturnType<typeof rowCode.instantiate>;

const PAGE = 65_536;
/** A line of the processor's cache. */
const ALIGNMENT = 64;
