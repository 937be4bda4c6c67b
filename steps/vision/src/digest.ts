import { createHash } from "node:crypto";
import { z } from "@orchestrate/sdk";

/** `sha256:` and 64 hex digits. */
export const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** The SHA-256 of bytes, or of a text as UTF-8. */
export function digestOf(content: Uint8Array | string): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}
