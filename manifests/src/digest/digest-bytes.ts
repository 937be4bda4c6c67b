import { hash } from "node:crypto";
import { canonicalJson } from "../canonical-json.ts";
import type { Digest } from "../schema/digest.ts";

/** SHA-256 of bytes, or of text as UTF-8: `sha256:` and 64 lower-case hex digits. */
export function digestBytes(data: string | Uint8Array): Digest {
  return `sha256:${hash("sha256", data, "hex")}`;
}

/** The digest of a value's canonical JSON (RFC 8785). Throws as `canonicalJson` does. */
export function digestJson(value: unknown): Digest {
  return digestBytes(canonicalJson(value));
}
