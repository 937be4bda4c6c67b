import { z } from "@orchestrate/sdk";

/** The raw 32 bytes of an Ed25519 public key, as base64. */
export const PublicKey = z.string().regex(/^[A-Za-z0-9+/]{43}=$/, {
  error: "must be the 32 raw bytes of an Ed25519 public key, as base64",
});
