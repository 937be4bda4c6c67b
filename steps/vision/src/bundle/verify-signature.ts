import { verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { StepError } from "@orchestrate/sdk";
import type { BundleDocument } from "./bundle-document.ts";
import { publicKeyOf } from "./signing-key.ts";

/**
 * Checks a bundle's signature over the bytes of its bundle.json, which holds the digest of every other file.
 *
 * @param expected the public key that must have signed, raw, as base64; undefined where an unsigned bundle will do.
 * @throws StepError `bundle-signature-invalid` (invariant); `bundle-unsigned`, `bundle-signed-by-another` (policy).
 */
export function verifySignature(directory: string, { signature }: BundleDocument, expected: string | undefined): void {
  if (signature === null) {
    if (expected === undefined) return;
    throw refused("bundle-unsigned", `The bundle at ${directory} is not signed.`);
  }
  if (expected !== undefined && signature.public_key !== expected) {
    throw refused("bundle-signed-by-another", `The bundle at ${directory} is signed by ${signature.public_key}.`);
  }
  if (isGenuine(directory, signature)) return;
  throw new StepError({
    error: "bundle-signature-invalid",
    category: "invariant",
    detail: `${signature.path} in the bundle at ${directory} is not the signature of its bundle.json by ${signature.public_key}.`,
    hint: "Take an undamaged copy from whoever signed it.",
  });
}

function isGenuine(directory: string, { path, public_key }: NonNullable<BundleDocument["signature"]>): boolean {
  try {
    const text = readFileSync(join(directory, "bundle.json"));
    return verify(null, text, publicKeyOf(public_key), readFileSync(join(directory, path)));
  } catch {
    return false;
  }
}

function refused(error: string, detail: string): StepError {
  return new StepError({
    error,
    category: "policy",
    detail,
    hint: "Take a bundle that is signed by the key that you trust, or change publicKey.",
  });
}
