import { writeFileSync } from "node:fs";
import { Policy } from "../policy/policy.ts";
import { decodeModel } from "../weights/model-file.ts";
import { BundleDocument } from "./bundle-document.ts";
import { bundleReadme } from "./bundle-readme.ts";
import { checkModel } from "./check-model.ts";
import { checkPolicy } from "./check-policy.ts";
import { digestOf } from "./digest-of.ts";

/**
 * Writes a bundle into an empty directory; `target.file` joins a relative path. Equal parts give equal bytes.
 *
 * @param parts the model's file as it is, the policy, and metrics where there are any.
 * @throws StepError those of `decodeModel`, `checkModel` and `checkPolicy`; then nothing is written.
 */
export function writeBundle(
  target: { file(relative: string): string },
  parts: { readonly model: Uint8Array; readonly policy: Policy; readonly metrics: unknown },
): BundleDocument {
  const model = decodeModel(parts.model, "The checkpoint");
  checkModel(model, "The checkpoint");
  checkPolicy(parts.policy, model, digestOf(parts.model), "The policy");
  const contents = new Map<string, Uint8Array>([
    ["model.safetensors", parts.model],
    ["policy.json", asJson(Policy.parse(parts.policy))],
    ...(parts.metrics === undefined ? [] : [["metrics.json", asJson(parts.metrics)] as const]),
    ["README.md", new TextEncoder().encode(bundleReadme(model, parts.policy))],
  ]);
  const document = BundleDocument.parse({
    schema: "vision.bundle/1",
    class_names: model.classes,
    model: { path: "model.safetensors", format: "safetensors", architecture: model.architecture },
    policy: { path: "policy.json", policy_type: parts.policy.policy_type },
    preprocessing: {
      size: model.architecture.size,
      channels: model.architecture.channels,
      ...model.preprocessing,
    },
    metrics: parts.metrics === undefined ? null : { path: "metrics.json" },
    files: Array.from(contents, ([path, bytes]) => ({ path, digest: digestOf(bytes), size: bytes.length })),
  });
  for (const [path, bytes] of contents) writeFileSync(target.file(path), bytes);
  writeFileSync(target.file("bundle.json"), asJson(document));
  return document;
}

function asJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}
