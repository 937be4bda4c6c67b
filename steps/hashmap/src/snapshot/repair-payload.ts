import { createMap } from "../map/create-map.ts";
import type { HashMap } from "../map/hash-map.ts";
import { fitsMap, payloadEntries, payloadFaults, type SnapshotPayload } from "./snapshot-payload.ts";

export interface RepairedMap {
  readonly map: HashMap;
  /** What was wrong. */
  readonly faults: readonly string[];
  /** Entries whose key came again further back. */
  readonly duplicates: number;
  /** Entries that the snapshot counts, and whose bytes are not there or more than a map holds. */
  readonly lost: number;
}

/** A map of all entries that a payload still tells; of two with one key the later one is kept. */
export function repairPayload(payload: SnapshotPayload, seed: number): RepairedMap {
  const map = createMap({ ...payload.options, startBackend: payload.table }, seed);
  let entries = 0;
  for (const [key, value] of payloadEntries(payload)) {
    if (!fitsMap(key, value)) continue;
    map.put(key, value);
    entries++;
  }
  return {
    map,
    faults: payloadFaults(payload),
    duplicates: entries - map.size,
    lost: Math.max(0, payload.count - entries),
  };
}
