import { json, z } from "@orchestrate/sdk";
import { MapOptions } from "../map/map-options.ts";
import { TABLE_KINDS } from "../map/table.ts";
import { COMPRESSIONS } from "./compression.ts";
import type { DecodedSnapshot } from "./decode-snapshot.ts";
import { payloadEntries, payloadFaults } from "./snapshot-payload.ts";

const count = z.number().int().nonnegative();

/** What a snapshot holds, `hashmap.inspection/1`. */
export const Inspection = z.strictObject({
  schema: z.literal("hashmap.inspection/1"),
  version: z.literal(2),
  compression: z.enum(COMPRESSIONS),
  payload_bytes: count,
  unpacked_bytes: count,
  table: z.enum(TABLE_KINDS),
  options: MapOptions,
  entries: count,
  faults: z.array(z.string()),
  /** The first entries, as text. */
  first: z.array(z.strictObject({ key: z.string(), value: z.string() })),
  /** The keys that were asked for; null where a key is not there. */
  found: z.record(z.string(), z.string().nullable()),
});
export type Inspection = z.infer<typeof Inspection>;

export const inspectionArtifact = json("inspection.json", Inspection, { kind: "hashmap/inspection" });

/** Looks into a snapshot without making a map of it. */
export function inspectSnapshot(
  { header, payload }: DecodedSnapshot,
  { limit, keys }: { readonly limit: number; readonly keys: readonly string[] },
): Inspection {
  const first: Inspection["first"] = [];
  const found = new Map<string, string | null>(keys.map((key) => [key, null]));
  for (const [keyBytes, valueBytes] of payloadEntries(payload)) {
    const [key, value] = [Buffer.from(keyBytes).toString(), Buffer.from(valueBytes).toString()];
    if (first.length < limit) first.push({ key, value });
    if (found.has(key)) found.set(key, value);
  }
  return {
    schema: "hashmap.inspection/1",
    version: 2,
    compression: header.compression,
    payload_bytes: header.payloadBytes,
    unpacked_bytes: header.unpackedBytes,
    table: payload.table,
    options: payload.options,
    entries: payload.count,
    faults: payloadFaults(payload),
    first,
    found: Object.fromEntries(found),
  };
}
