import { z } from "@orchestrate/sdk";
import { FittedOn } from "../lineage/fitted-on.ts";
import { Origin } from "../lineage/origin.ts";

/** `index.json` of predictions: which pictures they are of, which model made them, and what that was fitted to. */
export const PredictionsIndex = z.strictObject({
  schema: z.literal("vision.predictions/1"),
  /** The split that was predicted. */
  origin: Origin,
  /** Digest of the model's file, and the splits that it was fitted to. */
  model: z.strictObject({ digest: z.string().startsWith("sha256:"), fitted_on: FittedOn }),
  /** Index is label; the second is the positive class. */
  classes: z.array(z.string()).length(2),
  count: z.number().int().nonnegative(),
  /** Features of each picture. */
  width: z.number().int().positive(),
  /** By position, as the split has them. */
  names: z.array(z.string()),
  labels: z.array(z.number().int().min(0).max(1)),
});
export type PredictionsIndex = z.infer<typeof PredictionsIndex>;

/**
 * Files of predictions, little-endian 32-bit floats: `logits.f32` is [count, 2], `features.f32` is [count, width], what
 * the model's last layer sees.
 */
export const predictionFiles = { index: "index.json", logits: "logits.f32", features: "features.f32" } as const;
