import { z } from "@orchestrate/sdk";
import { decode } from "cborg";
import { counted } from "../quantities.ts";
import { UNPACK } from "./compression.ts";
import { snapshotDigest } from "./snapshot-digest.ts";
import { damaged, tooLarge } from "./snapshot-error.ts";
import { decodeHeader, FIELDS_BYTES, HEADER_BYTES, type SnapshotHeader } from "./snapshot-header.ts";
import { SnapshotPayload } from "./snapshot-payload.ts";

/** A snapshot as it was read; whether its entries are sound is another question (`payloadFaults`). */
export interface DecodedSnapshot {
  readonly header: SnapshotHeader;
  readonly payload: SnapshotPayload;
}

/**
 * Reads a snapshot. Nothing is unpacked before the digest agrees, and then no more than the header says, nor than
 * `maxBytes`.
 *
 * @throws StepError `snapshot-damaged`, `snapshot-version`, `snapshot-too-large`.
 */
export function decodeSnapshot(bytes: Uint8Array, maxBytes: number): DecodedSnapshot {
  const header = decodeHeader(bytes, bytes.length);
  const packed = bytes.subarray(HEADER_BYTES);
  const digest = snapshotDigest(bytes.subarray(0, FIELDS_BYTES), packed);
  if (!digest.equals(bytes.subarray(FIELDS_BYTES, HEADER_BYTES))) throw damaged("does not have the digest it says");
  if (header.unpackedBytes > maxBytes) throw tooLarge(`unpacks to ${counted(header.unpackedBytes, "byte")}`, maxBytes);
  const unpacked = attempt(`is not packed with ${header.compression} as it says, or unpacks to more than it says`, () =>
    UNPACK[header.compression](packed, Math.max(1, header.unpackedBytes)),
  );
  if (unpacked.length !== header.unpackedBytes) {
    throw damaged(`unpacks to ${counted(unpacked.length, "byte")}, not to ${header.unpackedBytes}`);
  }
  const value = attempt("holds no CBOR of the strict kind", () => decode(unpacked, STRICT));
  const { data, error } = SnapshotPayload.safeParse(value);
  if (error !== undefined) throw damaged(`does not hold what a snapshot holds: ${z.prettifyError(error)}`);
  return { header, payload: data };
}

const STRICT = { strict: true, allowIndefinite: false, allowUndefined: false, rejectDuplicateMapKeys: true };

function attempt<T>(otherwise: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw damaged(otherwise);
  }
}
