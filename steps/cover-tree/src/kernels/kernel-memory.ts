import type { SharedMemory, WebAssemblyOfNode } from "./web-assembly.ts";

declare const WebAssembly: WebAssemblyOfNode;

/** Memory that the compiled kernels and every thread see. What is allocated stays until all of it is dropped. */
export class KernelMemory {
  readonly memory: SharedMemory;
  #end: number;
  readonly #limit: number;
  readonly #refusal: (limit: number) => Error;

  /**
   * A new memory, or a part of one that another thread made.
   *
   * @param refusal what is thrown where something does not fit into so many bytes.
   */
  constructor(part?: MemoryPart, refusal = doesNotFit) {
    this.#refusal = refusal;
    this.memory = part?.memory ?? new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: true });
    this.#end = part?.start ?? ALIGNMENT;
    this.#limit = part?.end ?? PAGE * MOST_PAGES;
  }

  /** Numbers aligned for the kernels, 0 at first. */
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

  /** Bytes that are left. */
  get free(): number {
    return this.#limit - this.#end;
  }

  /** A part for another thread to allocate from. */
  part(bytes: number): MemoryPart {
    const start = this.#take(bytes);
    return { memory: this.memory, start, end: start + bytes };
  }

  #take(bytes: number): number {
    const start = Math.ceil(this.#end / ALIGNMENT) * ALIGNMENT;
    if (start + bytes > this.#limit) throw this.#refusal(this.#limit);
    const missing = Math.ceil((start + bytes - this.memory.buffer.byteLength) / PAGE);
    if (missing > 0) this.memory.grow(missing);
    this.#end = start + bytes;
    return start;
  }
}

function doesNotFit(limit: number): Error {
  return new RangeError(`The memory of the kernels ends at ${limit}.`);
}

/** A part of a memory, from `start` up to `end`, that nobody else allocates from. */
export interface MemoryPart {
  readonly memory: SharedMemory;
  readonly start: number;
  readonly end: number;
}

const PAGE = 65_536;
/**
 * All that 32-bit addresses reach but one page: a thread that is started with a memory of 4 GiB never comes up (Node
 * 24.21).
 */
const MOST_PAGES = 65_535;
/** A line of the processor's cache. */
const ALIGNMENT = 64;
