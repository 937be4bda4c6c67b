/** Most rows of a batch. */
export const BATCH_ROWS = 1024;

/** The operations of a workload, as a batch names them. */
export const PUT = 0;
export const GET = 1;
export const DELETE = 2;

/** Parsed rows as columns over the bytes they were parsed from; good until the next batch is asked for. */
export interface RowBatch {
  readonly bytes: Uint8Array;
  count: number;
  /** `PUT`, `GET` or `DELETE`. */
  readonly operations: Uint8Array;
  readonly keyStarts: Int32Array;
  readonly keyEnds: Int32Array;
  /** Equal to `valueEnds` where there is no value. */
  readonly valueStarts: Int32Array;
  readonly valueEnds: Int32Array;
}

export function rowBatch(bytes: Uint8Array): RowBatch {
  return {
    bytes,
    count: 0,
    operations: new Uint8Array(BATCH_ROWS),
    keyStarts: new Int32Array(BATCH_ROWS),
    keyEnds: new Int32Array(BATCH_ROWS),
    valueStarts: new Int32Array(BATCH_ROWS),
    valueEnds: new Int32Array(BATCH_ROWS),
  };
}
