import { KernelMemory } from "../kernels/kernel-memory.ts";
import type { Kernels } from "../kernels/kernels.ts";
import { MAX_VALUE_BYTES } from "../map/record.ts";

/** Most rows of a batch. */
export const BATCH_ROWS = 1024;

/** The operations of a workload, as a batch names them. */
export const PUT = 0;
export const GET = 1;
export const DELETE = 2;

/** What a row must not exceed to be taken. */
export interface PlainLimits {
  /** Rows in the batch. */
  readonly rows: number;
  readonly keyBytes: number;
}

/** Parsed rows as columns over the bytes they were parsed from; good until the next batch is asked for. */
export class RowBatch {
  count = 0;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** `PUT`, `GET` or `DELETE`. */
  readonly operations: Uint8Array;
  readonly keyStarts: Int32Array;
  readonly keyEnds: Int32Array;
  /** Equal to `valueEnds` where there is no value. */
  readonly valueStarts: Int32Array;
  readonly valueEnds: Int32Array;
  readonly #kernels: Kernels;
  readonly #filled: Int32Array;

  /** Columns over so many bytes. */
  constructor(byteLength: number) {
    const memory = new KernelMemory(byteLength + BATCH_ROWS * 17 + 256);
    this.#kernels = memory.kernels;
    this.#filled = memory.integers(1);
    // In the order in which the kernel finds them.
    this.operations = memory.bytes(BATCH_ROWS);
    this.keyStarts = memory.integers(BATCH_ROWS);
    this.keyEnds = memory.integers(BATCH_ROWS);
    this.valueStarts = memory.integers(BATCH_ROWS);
    this.valueEnds = memory.integers(BATCH_ROWS);
    this.bytes = memory.bytes(byteLength);
  }

  /**
   * Adds the rows between `start` and `end` as long as they are plainly good: three fields without a quote, up to a line feed. Gives
   * the place of the first row that is not, about which nothing is said.
   */
  takePlainRows(start: number, end: number, { rows, keyBytes }: PlainLimits): number {
    const next = this.#kernels.takePlainRows(
      this.bytes.byteOffset,
      start,
      end,
      this.operations.byteOffset,
      BATCH_ROWS,
      this.count,
      rows,
      keyBytes,
      MAX_VALUE_BYTES,
      this.#filled.byteOffset,
    );
    this.count = this.#filled[0]!;
    return next;
  }
}
