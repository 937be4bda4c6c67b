import { counted } from "../quantities.ts";
import { COMPRESSIONS, type Compression } from "./compression.ts";
import { damaged, unreadableVersion } from "./snapshot-error.ts";

/** Eight bytes that the original's snapshots begin with as well, so that its version 1 is known for what it is. */
const MAGIC = "ADHSNAP1";
const VERSION = 2;
const DIGEST_BYTES = 32;
/** Bytes in front of the digest. */
export const FIELDS_BYTES = 30;
/** Bytes in front of the payload. */
export const HEADER_BYTES = FIELDS_BYTES + DIGEST_BYTES;

/** What the header of version 2 says, beside its digest. */
export interface SnapshotHeader {
  readonly compression: Compression;
  /** Of the payload as it is stored. */
  readonly payloadBytes: number;
  /** Of the payload unpacked. */
  readonly unpackedBytes: number;
}

/** The header's fields; the SHA-256 of these and of the payload follows them. All numbers are big-endian. */
export function encodeHeader({ compression, payloadBytes, unpackedBytes }: SnapshotHeader): Uint8Array {
  const fields = Buffer.alloc(FIELDS_BYTES);
  fields.write(MAGIC, 0, "latin1");
  fields.writeUInt16BE(VERSION, 8);
  fields.writeUInt8(COMPRESSIONS.indexOf(compression), 10);
  fields.writeUInt16BE(DIGEST_BYTES, 12);
  fields.writeBigUInt64BE(BigInt(payloadBytes), 14);
  fields.writeBigUInt64BE(BigInt(unpackedBytes), 22);
  return fields;
}

/**
 * Reads the header with which a snapshot of `size` bytes begins, and checks all of it but the digest.
 *
 * @throws StepError `snapshot-damaged`, `snapshot-version`.
 */
export function decodeHeader(bytes: Uint8Array, size: number): SnapshotHeader {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 10) throw damaged(`has ${counted(view.length, "byte")}, less than a header`);
  if (view.toString("latin1", 0, 8) !== MAGIC) throw damaged(`does not begin with ${MAGIC}`);
  if (view.readUInt16BE(8) !== VERSION) throw unreadableVersion(view.readUInt16BE(8));
  if (view.length < HEADER_BYTES) throw damaged(`has ${counted(view.length, "byte")}, less than a header`);
  const compression = COMPRESSIONS[view.readUInt8(10)];
  if (compression === undefined) throw damaged(`has an unknown compression, ${view.readUInt8(10)}`);
  if (view.readUInt8(11) !== 0) throw damaged("has a reserved byte that is not 0");
  if (view.readUInt16BE(12) !== DIGEST_BYTES)
    throw damaged(`says its digest has ${counted(view.readUInt16BE(12), "byte")}, not 32`);
  const payloadBytes = Number(view.readBigUInt64BE(14));
  const present = size - HEADER_BYTES;
  if (present < payloadBytes) throw damaged(`is cut off: ${present} of ${counted(payloadBytes, "byte")} are there`);
  if (present > payloadBytes) throw damaged(`has ${counted(present - payloadBytes, "byte")} behind its end`);
  return { compression, payloadBytes, unpackedBytes: Number(view.readBigUInt64BE(22)) };
}
