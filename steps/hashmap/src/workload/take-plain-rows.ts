import { MAX_VALUE_BYTES } from "../map/record.ts";
import { operationAt } from "./operation-at.ts";
import { PUT, type RowBatch } from "./row-batch.ts";
import { behindPlain, COMMA, LF } from "./row-scanner.ts";

/** What a row must not exceed to be taken. */
export interface PlainLimits {
  /** Rows in the batch. */
  readonly rows: number;
  readonly keyBytes: number;
}

/**
 * Fills `batch` with rows of its bytes between `start` and `end` as long as they are plainly good: three fields without a quote, up
 * to a line feed. Gives the place of the first row that is not, about which nothing is said.
 */
export function takePlainRows(batch: RowBatch, start: number, end: number, limits: PlainLimits): number {
  const { bytes, operations, keyStarts, keyEnds, valueStarts, valueEnds } = batch;
  const { rows, keyBytes } = limits;
  let count = batch.count;
  let position = start;
  while (count < rows && position + SHORTEST <= end) {
    const operation = operationAt(bytes, position);
    const keyStart = position + 4;
    if (operation < 0 || bytes[keyStart - 1] !== COMMA) break;
    const keyEnd = behindPlain(bytes, keyStart, end);
    const keyLength = keyEnd - keyStart;
    if (keyLength === 0 || keyLength > keyBytes || bytes[keyEnd] !== COMMA) break;
    const valueStart = keyEnd + 1;
    const valueEnd = behindPlain(bytes, valueStart, end);
    if (valueEnd >= end || bytes[valueEnd] !== LF) break;
    if (valueEnd > valueStart !== (operation === PUT) || valueEnd - valueStart > MAX_VALUE_BYTES) break;
    operations[count] = operation;
    keyStarts[count] = keyStart;
    keyEnds[count] = keyEnd;
    valueStarts[count] = valueStart;
    valueEnds[count] = valueEnd;
    count++;
    position = valueEnd + 1;
  }
  batch.count = count;
  return position;
}

/** Bytes of `get,k,` and a line feed. */
const SHORTEST = 7;
