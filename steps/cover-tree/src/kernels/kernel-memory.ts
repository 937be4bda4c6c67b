import type { SharedMemory } from "./web-assembly.ts";

/** Memory that the compiled kernels and every thread see. What is allocated stays until all of it is dropped. */
export class KernelMemory {
  readonly memory: SharedMemory;
  #end: number;

  /** A new memory, or one that another thread made; `end` is where its free part begins. */
  constructor(memory?: SharedMemory, end = 1024) {
    this.memory = memory ?? new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: true });
    this.#end = end;
  }

  /** Where the free part begins. */
  get end(): number {
    return this.#end;
  }

  /** @returns where `length` numbers lie, aligned for the kernels. */
  doubles(length: number): Float64Array {
    const at = this.#take(length * 8);
    return new Float64Array(this.memory.buffer, at, length);
  }

  floats(length: number): Float32Array {
    const at = this.#take(length * 4);
    return new Float32Array(this.memory.buffer, at, length);
  }

  integers(length: number): Int32Array {
    const at = this.#take(length * 4);
    return new Int32Array(this.memory.buffer, at, length);
  }

  #take(bytes: number): number {
    const start = Math.ceil(this.#end / ALIGNMENT) * ALIGNMENT;
    const missing = Math.ceil((start + bytes - this.memory.buffer.byteLength) / PAGE);
    if (missing > 0) this.memory.grow(missing);
    this.#end = start + bytes;
    return start;
  }
}

const PAGE = 65_536;
/** 4 GiB, all that 32-bit addresses reach. */
const MOST_PAGES = 65_536;
/** A line of the processor's cache. */
const ALIGNMENT = 64;
