import { BATCH_ROWS, COLUMN_BYTES, type RowBatch } from "../workload/row-batch.ts";
import type { MapMemory } from "./map-memory.ts";

/** What was seen of a batch while it was carried out: entry i + 1 is how things stood when row i was done. */
export interface BatchTrace {
  /** The timer, in milliseconds. */
  readonly times: Float64Array;
  /** The map's count of probes. */
  readonly probes: Float64Array;
  /** 1 where the key was found: of gets, and of deletes; 0 of puts. */
  readonly found: Uint8Array;
}

/**
 * Copies a batch to where the map's code can read it, has it carried out there, and copies what was seen of it to
 * `trace`.
 */
export function executeBatch(memory: MapMemory, batch: RowBatch, trace: BatchTrace): void {
  if (batch.count === 0) return;
  const start = batch.keyStarts[0]!;
  const source = batch.bytes.subarray(start, batch.valueEnds[batch.count - 1]!);
  const columns = memory.stage(BYTES + source.length);
  const [probes, found, bytes] = [columns + PROBES, columns + FOUND, columns + BYTES];
  memory.bytes.set(batch.columns, columns);
  memory.bytes.set(source, bytes);
  memory.code.execute(batch.count, bytes - start, columns, BATCH_ROWS, probes, found);
  trace.probes.set(memory.doublesAt(probes, BATCH_ROWS + 1));
  trace.found.set(memory.bytes.subarray(found, found + BATCH_ROWS));
}

// Where it is staged: the columns, then what is seen, then the bytes.
const PROBES = COLUMN_BYTES;
const FOUND = PROBES + 8 * (BATCH_ROWS + 1);
const BYTES = FOUND + BATCH_ROWS;
