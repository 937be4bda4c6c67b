import { createMap } from "../map/create-map.ts";
import type { HashMap } from "../map/hash-map.ts";
import type { MapOptions } from "../map/map-options.ts";
import { unsound } from "./snapshot-error.ts";
import { payloadEntries, payloadFaults, type SnapshotPayload } from "./snapshot-payload.ts";

/**
 * A map with the entries of a snapshot. An adaptive one begins with the kind of table that the snapshot's map had.
 *
 * @throws StepError `snapshot-unsound` where the entries are not sound.
 */
export function restoreMap(payload: SnapshotPayload, options: MapOptions, seed: number): HashMap {
  const faults = payloadFaults(payload);
  if (faults.length > 0) throw unsound(faults);
  const map = createMap({ ...options, startBackend: payload.table }, seed);
  for (const [key, value] of payloadEntries(payload)) map.put(key, value);
  return map;
}
