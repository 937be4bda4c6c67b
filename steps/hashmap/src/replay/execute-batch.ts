import type { Timer } from "../contract.ts";
import type { HashMap } from "../map/hash-map.ts";
import { GET, PUT, type RowBatch } from "../workload/row-batch.ts";

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
 * Carries a batch out, and does nothing else between two looks at the timer: each operation takes the time from one look to
 * the next, one look included. What was seen is counted afterwards (`Recorder`).
 */
export function executeBatch(map: HashMap, batch: RowBatch, timer: Timer, trace: BatchTrace): void {
  const { bytes, count, operations, keyStarts, keyEnds, valueStarts, valueEnds } = batch;
  const { times, probes, found } = trace;
  probes[0] = map.work.probes;
  times[0] = timer.now();
  for (let row = 0; row < count; row++) {
    const operation = operations[row];
    if (operation === GET) {
      found[row] = map.findRange(bytes, keyStarts[row]!, keyEnds[row]!) === 0 ? 0 : 1;
    } else if (operation === PUT) {
      map.putRange(bytes, keyStarts[row]!, keyEnds[row]!, valueStarts[row]!, valueEnds[row]!);
      found[row] = 0;
    } else {
      found[row] = map.deleteRange(bytes, keyStarts[row]!, keyEnds[row]!) ? 1 : 0;
    }
    times[row + 1] = timer.now();
    probes[row + 1] = map.work.probes;
  }
}
