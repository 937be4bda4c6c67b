import { z } from "@orchestrate/sdk";
import { MapOptions } from "../map/map-options.ts";

const bytes = z.instanceof(Uint8Array);

/** What a snapshot holds: all entries as four columns. Numbers in columns are little-endian. */
export const SnapshotPayload = z.strictObject({
  schema: z.literal("hashmap.snapshot/2"),
  options: MapOptions,
  /** The kind of table that the map had. */
  table: z.enum(["chaining", "robin-hood"]),
  count: z.number().int().nonnegative(),
  /** 16 bits an entry. */
  keyLengths: bytes,
  /** 32 bits an entry. */
  valueLengths: bytes,
  keys: bytes,
  values: bytes,
});
export type SnapshotPayload = z.infer<typeof SnapshotPayload>;

/** The entries of a payload, as far as its columns go. */
export function* payloadEntries(payload: SnapshotPayload): Iterable<readonly [key: Uint8Array, value: Uint8Array]> {
  const { keys, values } = payload;
  let [keyAt, valueAt] = [0, 0];
  for (const [keyLength, valueLength] of lengths(payload)) {
    if (keyAt + keyLength > keys.length || valueAt + valueLength > values.length) return;
    yield [keys.subarray(keyAt, keyAt + keyLength), values.subarray(valueAt, valueAt + valueLength)];
    keyAt += keyLength;
    valueAt += valueLength;
  }
}

/** Every way in which the columns don't fit each other, or hold a key twice. */
export function payloadFaults(payload: SnapshotPayload): string[] {
  const { count, keyLengths, valueLengths, keys, values } = payload;
  const faults: string[] = [];
  if (keyLengths.length !== 2 * count) faults.push(`${keyLengths.length / 2} keys have a length, not ${count}`);
  if (valueLengths.length !== 4 * count) faults.push(`${valueLengths.length / 4} values have a length, not ${count}`);
  let [keyBytes, valueBytes] = [0, 0];
  for (const [keyLength, valueLength] of lengths(payload)) {
    keyBytes += keyLength;
    valueBytes += valueLength;
  }
  if (keyBytes !== keys.length) faults.push(`keys have ${keys.length} bytes, and lengths that add up to ${keyBytes}`);
  if (valueBytes !== values.length) {
    faults.push(`values have ${values.length} bytes, and lengths that add up to ${valueBytes}`);
  }
  const seen = new Set<string>();
  let twice = 0;
  for (const [key] of payloadEntries(payload)) {
    const text = Buffer.from(key).toString("latin1");
    if (seen.has(text)) twice++;
    seen.add(text);
  }
  if (twice > 0) faults.push(`${twice} entries have the key of another one`);
  return faults;
}

function* lengths({ keyLengths, valueLengths }: SnapshotPayload): Iterable<readonly [number, number]> {
  const ofKeys = new DataView(keyLengths.buffer, keyLengths.byteOffset, keyLengths.byteLength);
  const ofValues = new DataView(valueLengths.buffer, valueLengths.byteOffset, valueLengths.byteLength);
  const count = Math.min(Math.floor(keyLengths.length / 2), Math.floor(valueLengths.length / 4));
  for (let entry = 0; entry < count; entry++) {
    yield [ofKeys.getUint16(2 * entry, true), ofValues.getUint32(4 * entry, true)];
  }
}
