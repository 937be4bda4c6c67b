import { type FileHandle, open } from "node:fs/promises";
import { counted } from "../quantities.ts";
import { type DecodedSnapshot, decodeSnapshot } from "./decode-snapshot.ts";
import { tooLarge } from "./snapshot-error.ts";
import { decodeHeader, HEADER_BYTES } from "./snapshot-header.ts";

/** Read at once: a file of more than 2 GiB can't be. */
const PIECE_BYTES = 4 << 20;

/**
 * Reads the snapshot that a file holds. Of one that is larger than `maxBytes`, no more than its header is read.
 *
 * @throws StepError as `decodeSnapshot`.
 */
export async function readSnapshot(path: string, maxBytes: number): Promise<DecodedSnapshot> {
  await using file = await open(path);
  const { size } = await file.stat();
  const { payloadBytes } = decodeHeader(await read(file, Math.min(size, HEADER_BYTES)), size);
  if (payloadBytes > maxBytes) throw tooLarge(`has ${counted(payloadBytes, "byte")}`, maxBytes);
  return decodeSnapshot(await read(file, size), maxBytes);
}

/** The first bytes of a file; fewer where it has become shorter. */
async function read(file: FileHandle, length: number): Promise<Uint8Array> {
  const bytes = Buffer.alloc(length);
  let end = 0;
  while (end < length) {
    const { bytesRead } = await file.read(bytes, end, Math.min(PIECE_BYTES, length - end), end);
    if (bytesRead === 0) break;
    end += bytesRead;
  }
  return bytes.subarray(0, end);
}
