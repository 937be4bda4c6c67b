import type { HashMap } from "../map/hash-map.ts";
import type { MapOptions } from "../map/map-options.ts";
import type { SnapshotPayload } from "./snapshot-payload.ts";

/** The payload of a map's snapshot. `options` are those that the map was made with. */
export function mapPayload(map: HashMap, options: MapOptions): SnapshotPayload {
  const entries = [...map.entries()];
  const keyLengths = Buffer.alloc(2 * entries.length);
  const valueLengths = Buffer.alloc(4 * entries.length);
  for (const [entry, [key, value]] of entries.entries()) {
    keyLengths.writeUInt16LE(key.length, 2 * entry);
    valueLengths.writeUInt32LE(value.length, 4 * entry);
  }
  return {
    schema: "hashmap.snapshot/2",
    options,
    table: map.table.kind,
    count: entries.length,
    keyLengths,
    valueLengths,
    keys: Buffer.concat(entries.map(([key]) => key)),
    values: Buffer.concat(entries.map(([, value]) => value)),
  };
}
