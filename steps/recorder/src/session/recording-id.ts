import { createHash } from "node:crypto";

/**
 * A UUID of version 7 (RFC 9562) in canonical form: the time in milliseconds since 1970, and bits of the attempt's
 * token in place of random ones, so that a recording's id can be told from its run.
 */
export function recordingId(now: number, token: string): string {
  const bytes = createHash("sha256").update(token).digest().subarray(0, 16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
