import { encode } from "cborg";
import { type Compression, PACK } from "./compression.ts";
import { snapshotDigest } from "./snapshot-digest.ts";
import { encodeHeader } from "./snapshot-header.ts";
import type { SnapshotPayload } from "./snapshot-payload.ts";

/** The bytes of a snapshot; equal payloads give equal bytes. */
export function encodeSnapshot(payload: SnapshotPayload, compression: Compression): Uint8Array {
  const unpacked = encode(payload);
  const packed = PACK[compression](unpacked);
  const fields = encodeHeader({ compression, payloadBytes: packed.length, unpackedBytes: unpacked.length });
  return Buffer.concat([fields, snapshotDigest(fields, packed), packed]);
}
