import { z } from "@orchestrate/sdk";
import { MapOptions } from "../map/map-options.ts";
import { MAX_KEY_BYTES, MAX_VALUE_BYTES } from "../map/record.ts";
import { TABLE_KINDS } from "../map/table.ts";
import { counted } from "../quantities.ts";

const bytes = z.instanceof(Uint8Array);

/** What a snapshot holds: all entries as four columns. Numbers in columns are little-endian. */
export const SnapshotPayload = z.strictObject({
  schema: z.literal("hashmap.snapshot/2"),
  options: MapOptions,
  /** The kind of table that the map had. */
  table: z.enum(TABLE_KINDS),
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

/** Whether a map can hold an entry. */
export function fitsMap(key: Uint8Array, value: Uint8Array): boolean {
  return key.length <= MAX_KEY_BYTES && value.length <= MAX_VALUE_BYTES;
}

/** Every way in which the columns don't fit each other, hold a key twice, or hold what no map can. */
export function payloadFaults(payload: SnapshotPayload): string[] {
  const { count, keyLengths, valueLengths, keys, values } = payload;
  const faults: string[] = [];
  if (keyLengths.length !== 2 * count) faults.push(`keys with a length: ${keyLengths.length / 2}, not ${count}`);
  if (valueLengths.length !== 4 * count) faults.push(`values with a length: ${valueLengths.length / 4}, not ${count}`);
  let [keyBytes, valueBytes] = [0, 0];
  for (const [keyLength, valueLength] of lengths(payload)) {
    keyBytes += keyLength;
    valueBytes += valueLength;
  }
  if (keyBytes !== keys.length)
    faults.push(`keys have ${counted(keys.length, "byte")}, and lengths that add up to ${keyBytes}`);
  if (valueBytes !== values.length) {
    faults.push(`values have ${counted(values.length, "byte")}, and lengths that add up to ${valueBytes}`);
  }
  const seen = new Set<string>();
  let [twice, tooLong] = [0, 0];
  for (const [key, value] of payloadEntries(payload)) {
    if (!fitsMap(key, value)) tooLong++;
    const text = Buffer.from(key).toString("latin1");
    if (seen.has(text)) twice++;
    seen.add(text);
  }
  if (twice > 0) faults.push(`keys that come again further back: ${twice}`);
  if (tooLong > 0) faults.push(`keys or values longer than a map holds: ${tooLong}`);
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
