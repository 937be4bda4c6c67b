import { generateKeyPairSync } from "node:crypto";
import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StepError } from "@orchestrate/sdk";
import { runStep } from "@orchestrate/sdk/testing";
import { describe, expect, it } from "vitest";
import { madeParts } from "./bundle/fixtures/made-bundle.ts";
import { rawPublicKey } from "./bundle/signing-key.ts";
import exportStep from "./export.ts";
import verify from "./verify-bundle.ts";

const { privateKey, publicKey: key } = generateKeyPairSync("ed25519");
const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const publicKey = rawPublicKey(key);
const another = rawPublicKey(generateKeyPairSync("ed25519").publicKey);

/** Signed where a secret is given. */
async function makeBundle(secret?: string, sign = { secret: "KEY", publicKey }) {
  const { model, policy } = madeParts();
  return runStep(exportStep, {
    ...(secret === undefined ? {} : { config: { sign }, secrets: { KEY: secret } }),
    inputs: { checkpoint: { bytes: model }, policy: { json: policy } },
  });
}

function refusalOf(result: { readonly error: unknown }) {
  if (!(result.error instanceof StepError)) throw new Error(`not refused: ${result.error}`);
  return result.error.toEnvelope();
}

const check = (path: string, expected?: string) =>
  runStep(verify, { config: expected === undefined ? {} : { publicKey: expected }, inputs: { bundle: { path } } });

describe("a signed bundle", () => {
  it("is signed by the key of a secret, or of the file that it names, to equal bytes", async () => {
    using direct = await makeBundle(pem);
    expect(direct.error).toBeUndefined();
    const { path, digest } = direct.outputs.bundle;
    using checked = await check(path, publicKey);
    expect(checked.outputs.verification.json()).toMatchObject({ signed_by: publicKey, policy_type: "threshold" });
    const file = join(direct.root, "key.pem");
    writeFileSync(file, pem);
    using byFile = await makeBundle(file);
    expect(byFile.outputs.bundle.digest).toBe(digest);
  });

  it("says nothing of the private key", async () => {
    using result = await makeBundle(pem);
    const secret = pem.split("\n")[1]!;
    for (const name of result.outputs.bundle.files()) {
      expect(readFileSync(join(result.outputs.bundle.path, name)).includes(secret), name).toBe(false);
    }
  });

  it.each([
    [
      "a secret that is not set",
      "",
      { secret: "KEY", publicKey },
      "signing-key-missing",
      "The secret KEY, which is to sign the bundle, is not set.",
    ],
    [
      "a secret that is no key",
      "hunter2",
      { secret: "KEY", publicKey },
      "signing-key-unusable",
      "The secret KEY is no private key, and names no file with one.",
    ],
    [
      "a key of another kind",
      generateKeyPairSync("x25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      { secret: "KEY", publicKey },
      "signing-key-unusable",
      "The key of the secret KEY is not an Ed25519 key.",
    ],
    [
      "the key of somebody else",
      pem,
      { secret: "KEY", publicKey: another },
      "signing-key-differs",
      `The key of KEY has the public key ${publicKey}, the config says ${another}.`,
    ],
  ])("is not made with %s", async (_, secret, sign, error, detail) => {
    using result = await makeBundle(secret, sign);
    expect(refusalOf(result)).toMatchObject({ error, category: "input", detail });
  });
});

describe("vision/verify-bundle", () => {
  it("says what an unsigned bundle holds", async () => {
    using made = await makeBundle();
    using checked = await check(made.outputs.bundle.path);
    expect(checked.outputs.verification.json()).toEqual({
      schema: "vision.verification/1",
      digest: expect.stringMatching(/^sha256:/),
      class_names: ["clear", "works"],
      policy_type: "threshold",
      files: 5,
      signed_by: null,
    });
  });

  it("refuses one that is not signed, or by another, where a key is asked for", async () => {
    using unsigned = await makeBundle();
    using first = await check(unsigned.outputs.bundle.path, publicKey);
    expect(refusalOf(first)).toMatchObject({ error: "bundle-unsigned", category: "policy" });
    using signed = await makeBundle(pem);
    using second = await check(signed.outputs.bundle.path, another);
    expect(refusalOf(second)).toMatchObject({
      error: "bundle-signed-by-another",
      category: "policy",
      hint: "Take a bundle that is signed by the key that you trust, or change publicKey.",
    });
  });

  it.each([
    ["its bundle.json was changed", (path: string) => appendFileSync(join(path, "bundle.json"), " ")],
    ["its signature was changed", (path: string) => writeFileSync(join(path, "bundle.sig"), new Uint8Array(64))],
    ["its signature is gone", (path: string) => rmSync(join(path, "bundle.sig"))],
  ])("refuses a signed one where %s", async (_, damage) => {
    using made = await makeBundle(pem);
    damage(made.outputs.bundle.path);
    using checked = await check(made.outputs.bundle.path);
    const { error, category, detail } = refusalOf(checked);
    expect([error, category]).toEqual(["bundle-signature-invalid", "invariant"]);
    expect(detail).toMatch(/^bundle\.sig in the bundle at .* is not the signature of its bundle\.json by /);
  });
});
