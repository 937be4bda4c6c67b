import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { StepError } from "@orchestrate/sdk";

/**
 * The Ed25519 private key of a secret: a PEM document (PKCS #8), or the path of a file that holds one.
 *
 * @param name of the secret, for errors; its value is never told.
 * @param publicKey the raw 32 bytes of the public key that it must belong to, as base64.
 * @throws StepError `signing-key-missing`, `signing-key-unusable`, `signing-key-differs` (all input).
 */
export function signingKey(
  secrets: Readonly<Record<string, string>>,
  { secret: name, publicKey }: { readonly secret: string; readonly publicKey: string },
): KeyObject {
  const value = secrets[name];
  if (value === undefined || value === "") {
    throw refused("signing-key-missing", `The secret ${name}, which is to sign the bundle, is not set.`, {
      hint: `Add secrets: [${name}] to the phase, and set the variable to a PEM document or to the path of one.`,
    });
  }
  const key = readKey(name, value);
  const found = rawPublicKey(createPublicKey(key));
  if (found === publicKey) return key;
  throw refused(
    "signing-key-differs",
    `The key of ${name} has the public key ${found}, the config says ${publicKey}.`,
    {
      hint: "Set sign.publicKey to that of the key that is meant to sign.",
    },
  );
}

/** The raw 32 bytes of an Ed25519 public key, as base64: the last ones of its DER document (RFC 8410). */
export function rawPublicKey(key: KeyObject): string {
  return key.export({ type: "spki", format: "der" }).subarray(-32).toString("base64");
}

/** The key of raw bytes, as `rawPublicKey` gives them. */
export function publicKeyOf(raw: string): KeyObject {
  const prefix = Buffer.from("302a300506032b6570032100", "hex");
  return createPublicKey({ key: Buffer.concat([prefix, Buffer.from(raw, "base64")]), type: "spki", format: "der" });
}

function readKey(name: string, value: string): KeyObject {
  const hint = `Make one with: openssl genpkey -algorithm ed25519`;
  try {
    const key = createPrivateKey(value.includes("-----BEGIN") ? value : readFileSync(value, "utf8"));
    if (key.asymmetricKeyType === "ed25519") return key;
  } catch (cause) {
    throw refused("signing-key-unusable", `The secret ${name} is no private key, and names no file with one.`, {
      hint,
      cause,
    });
  }
  throw refused("signing-key-unusable", `The key of the secret ${name} is not an Ed25519 key.`, { hint });
}

function refused(error: string, detail: string, { hint, cause }: { readonly hint: string; readonly cause?: unknown }) {
  return new StepError({ error, category: "input", detail, hint }, { cause });
}
