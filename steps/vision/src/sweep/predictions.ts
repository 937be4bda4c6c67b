import { json, z } from "@orchestrate/sdk";

/** What a model says of val_calib; the lists go together by position. */
export const Predictions = z.strictObject({
  split: z.literal("val_calib"),
  /** Index is label; the second is the positive class. */
  classes: z.array(z.string()).length(2),
  labels: z.array(z.number().int().min(0).max(1)),
  /** Of the positive class, in [0, 1]; null where it isn't a finite number, for which JSON has no word. */
  probabilities: z.array(z.number().nullable()),
  /** One row a picture, one value a class. */
  logits: z.array(z.array(z.number().nullable()).length(2)),
});
export type Predictions = z.infer<typeof Predictions>;

export const predictionsArtifact = json("predictions.json", Predictions, { kind: "vision/predictions-calib" });
