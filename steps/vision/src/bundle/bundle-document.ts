import { z } from "@orchestrate/sdk";
import { Digest } from "../digest.ts";
import { Fit } from "../images/fit.ts";
import { Architecture } from "../network/architecture.ts";
import { Preprocessing } from "../network/preprocessing.ts";

const BundleFile = z.strictObject({
  /** Relative to the bundle, POSIX. */
  path: z.string().min(1),
  digest: Digest,
  /** Bytes. */
  size: z.number().int().nonnegative(),
});
export type BundleFile = z.infer<typeof BundleFile>;

/**
 * `bundle.json`: what a bundle holds. Every file of the bundle but this one and its signature is listed, with its
 * digest.
 */
export const BundleDocument = z.strictObject({
  schema: z.literal("vision.bundle/1"),
  /** Index is label; the second is the positive class. */
  class_names: z.array(z.string()).length(2),
  model: z.strictObject({ path: z.string(), format: z.literal("safetensors"), architecture: Architecture }),
  /** The same network for any runtime that reads ONNX: pixels in, logits and features out. */
  onnx: z.strictObject({
    path: z.string(),
    opset: z.literal(17),
    input: z.literal("pixels"),
    outputs: z.array(z.string()),
  }),
  /** The one policy that turns probabilities into decisions. */
  policy: z.strictObject({ path: z.string(), policy_type: z.string() }),
  /**
   * Images are resized to size × size as `fit` says, in sRGB; then (byte / 255 − mean) / deviation for each channel.
   */
  preprocessing: z.strictObject({
    size: z.number().int().positive(),
    channels: z.literal(3),
    fit: Fit,
    ...Preprocessing.shape,
  }),
  metrics: z.strictObject({ path: z.string() }).nullable(),
  provenance: z.strictObject({ path: z.string() }),
  /** Of this document's bytes; the public key's raw 32 bytes are base64. */
  signature: z
    .strictObject({ path: z.literal("bundle.sig"), algorithm: z.literal("ed25519"), public_key: z.string() })
    .nullable(),
  files: z.array(BundleFile),
});
export type BundleDocument = z.infer<typeof BundleDocument>;
