import { createPublicKey, type KeyObject, sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import { digestOf } from "../digest.ts";
import { Policy } from "../policy/policy.ts";
import type { TrainedModel } from "../weights/model.ts";
import { decodeModel } from "../weights/model-file.ts";
import { BundleDocument } from "./bundle-document.ts";
import { bundleReadme } from "./bundle-readme.ts";
import { checkModel } from "./check-model.ts";
import { checkPolicy } from "./check-policy.ts";
import { toOnnx } from "./onnx/to-onnx.ts";
import type { Provenance } from "./provenance.ts";
import { rawPublicKey } from "./signing-key.ts";

/** What a bundle is made of; digests are those of the artifacts. */
export interface BundleParts {
  /** The model's file as it is. */
  readonly model: Uint8Array;
  readonly policy: { readonly digest: string; readonly document: Policy };
  readonly metrics: { readonly digest: string; readonly document: unknown } | undefined;
  /** The Ed25519 private key to sign with; undefined leaves the bundle unsigned. */
  readonly key: KeyObject | undefined;
}

/**
 * Writes a bundle into an empty directory; `target.file` joins a relative path. Equal parts give equal bytes.
 *
 * @throws StepError those of `decodeModel`, `checkModel` and `checkPolicy`; then nothing is written.
 */
export function writeBundle(target: { file(relative: string): string }, parts: BundleParts): BundleDocument {
  const model = decodeModel(parts.model, "The checkpoint");
  const policy = Policy.parse(parts.policy.document);
  checkModel(model, "The checkpoint");
  checkPolicy(policy, model, digestOf(parts.model), "The policy");
  const contents = new Map<string, Uint8Array>([
    ["model.safetensors", parts.model],
    ["model.onnx", toOnnx(model)],
    ["policy.json", asJson(policy)],
    ...(parts.metrics === undefined ? [] : [["metrics.json", asJson(parts.metrics.document)] as const]),
    ["provenance.json", asJson(provenanceOf(parts, model, policy))],
    ["README.md", new TextEncoder().encode(bundleReadme(model, policy))],
  ]);
  const document = describe(model, policy, parts, contents);
  const text = asJson(document);
  for (const [path, bytes] of contents) writeFileSync(target.file(path), bytes);
  writeFileSync(target.file("bundle.json"), text);
  if (parts.key !== undefined) writeFileSync(target.file("bundle.sig"), sign(null, text, parts.key));
  return document;
}

function describe(
  { architecture, fit, preprocessing, classes }: TrainedModel,
  policy: Policy,
  { key, metrics }: BundleParts,
  contents: ReadonlyMap<string, Uint8Array>,
): BundleDocument {
  return BundleDocument.parse({
    schema: "vision.bundle/1",
    class_names: classes,
    model: { path: "model.safetensors", format: "safetensors", architecture },
    onnx: { path: "model.onnx", opset: 17, input: "pixels", outputs: ["logits", "features"] },
    policy: { path: "policy.json", policy_type: policy.policy_type },
    preprocessing: { size: architecture.size, channels: architecture.channels, fit, ...preprocessing },
    metrics: metrics === undefined ? null : { path: "metrics.json" },
    provenance: { path: "provenance.json" },
    signature:
      key === undefined
        ? null
        : { path: "bundle.sig", algorithm: "ed25519", public_key: rawPublicKey(createPublicKey(key)) },
    files: Array.from(contents, ([path, bytes]) => ({ path, digest: digestOf(bytes), size: bytes.length })),
  });
}

function provenanceOf(parts: BundleParts, model: TrainedModel, policy: Policy): Provenance {
  return {
    schema: "vision.provenance/1",
    model: { digest: digestOf(parts.model), fitted_on: model.fitted_on },
    policy: { digest: parts.policy.digest, fitted_on: policy.fitted_on },
    metrics: parts.metrics === undefined ? null : { digest: parts.metrics.digest },
  };
}

function asJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}
