import { createHash } from "node:crypto";

/** Bytes that are digested at once; Node takes no more than 2 GiB. */
const PIECE_BYTES = 2 ** 30;

/** The SHA-256 of a header's fields and the payload as it is stored. */
export function snapshotDigest(fields: Uint8Array, packed: Uint8Array): Buffer {
  const digest = createHash("sha256").update(fields);
  for (let start = 0; start < packed.length; start += PIECE_BYTES) {
    digest.update(packed.subarray(start, start + PIECE_BYTES));
  }
  return digest.digest();
}
