import { type RowCode, RowMemory } from "../compiled/row-memory.ts";
import { MAX_VALUE_BYTES } from "../map/record.ts";

/** Most rows of a batch. */
export const BATCH_ROWS = 1024;

/** Bytes of the columns of a batch: a byte and four numbers for each row. */
export const COLUMN_BYTES = BATCH_ROWS * 17;

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
  /** All columns, one behind the other in the order in which they stand here. */
  readonly columns: Uint8Array<ArrayBuffer>;
  /** `PUT`, `GET` or `DELETE`. */
  readonly operations: Uint8Array;
  readonly keyStarts: Int32Array;
  readonly keyEnds: Int32Array;
  /** Equal to `valueEnds` where there is no value. */
  readonly valueStarts: Int32Array;
  readonly valueEnds: Int32Array;
  readonly #code: RowCode;
  readonly #filled: Int32Array;

  /** Columns over so many bytes. */
  constructor(byteLength: number) {
    const memory = new RowMemory(byteLength + COLUMN_BYTES + 256);
    this.#code = memory.code;
    this.#filled = memory.integers(1);
    this.columns = memory.bytes(COLUMN_BYTES);
    const { buffer, byteOffset } = this.columns;
    const places = (column: number) => new Int32Array(buffer, byteOffset + BATCH_ROWS * (1 + 4 * column), BATCH_ROWS);
    this.operations = this.columns.subarray(0, BATCH_ROWS);
    this.keyStarts = places(0);
    this.keyEnds = places(1);
    this.valueStarts = places(2);
    this.valueEnds = places(3);
    this.bytes = memory.bytes(byteLength);
  }

  /**
   * Adds the rows between `start` and `end` as long as they are plainly good: three fields without a quote, up to a
   * line feed. Gives the place of the first row that is not, about which nothing is said.
   */
  takePlainRows(start: number, end: number, { rows, keyBytes }: PlainLimits): number {
    const next = this.#code.takePlainRows(
      this.bytes.byteOffset,
      start,
      end,
      this.columns.byteOffset,
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
