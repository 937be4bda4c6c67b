import { isUtf8 } from "node:buffer";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { RowBatch } from "./row-batch.ts";
import { RowParser } from "./row-parser.ts";
import { LF } from "./row-scanner.ts";
import { invalidWorkload, workloadTooLarge } from "./workload-error.ts";
import type { WorkloadLimits } from "./workload-limits.ts";

/** Few enough to stay in the processor's cache until they are parsed. */
const PIECE_BYTES = 1 << 18;
/** More than the longest key and value take with every byte of them a quote. */
const MOST_ROW_BYTES = 300 << 10;

/**
 * Streams a workload: rows in batches, in memory that does not grow with the file. The batch is the same object every
 * time. A piece of the file is read at once, which takes less time than asking for it; everybody else has a turn before
 * each.
 *
 * @throws StepError `workload-invalid` with line and column, `workload-too-large`; the signal's reason once it aborts.
 */
export async function* readWorkload(
  path: string,
  limits: WorkloadLimits,
  signal: AbortSignal,
): AsyncGenerator<RowBatch, void, void> {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    if (limits.maxBytes > 0 && size > limits.maxBytes) {
      throw workloadTooLarge(path, `has ${size} bytes, more than ${limits.maxBytes}`, "maxBytes");
    }
    const parser = new RowParser(path, limits);
    // What is left of the piece before, the next one, and a line feed. A small file needs no more than itself.
    const pieceBytes = Math.min(PIECE_BYTES, size + 2);
    const batch = new RowBatch(Math.min(MOST_ROW_BYTES, size + 2) + pieceBytes);
    const { bytes } = batch;
    let [start, end] = [0, 0];
    for (let isAtEnd = false; !isAtEnd; ) {
      await setImmediate();
      signal.throwIfAborted();
      bytes.copyWithin(0, start, end);
      [start, end] = [0, end - start];
      if (end > MOST_ROW_BYTES) {
        throw invalidWorkload(path, parser.line, 1, `the row has more than ${MOST_ROW_BYTES} bytes`);
      }
      const bytesRead = readSync(file, bytes, end, pieceBytes - 1, null);
      isAtEnd = bytesRead === 0;
      end += bytesRead;
      if (isAtEnd && end > 0 && bytes[end - 1] !== LF) bytes[end++] = LF;
      parser.isSuspicious = !isUtf8(bytes.subarray(0, bytes.subarray(0, end).lastIndexOf(LF) + 1));
      for (let next = start; ; start = next) {
        next = parser.parse(batch, start, end);
        if (batch.count > 0) yield batch;
        if (next === start) break;
      }
    }
    parser.finish(bytes, start, end);
  } finally {
    closeSync(file);
  }
}
