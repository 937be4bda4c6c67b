import { json, z } from "@orchestrate/sdk";

const counts = z.record(z.string(), z.number().int().nonnegative());

/** What a dataset holds, and what was left out of it. */
export const DatasetIndex = z.strictObject({
  schema: z.literal("vision.dataset/1"),
  source: z.enum(["folder", "scenes"]),
  size: z.number().int().positive(),
  channels: z.literal(3),
  /** Index is label; the second is the positive class. */
  classes: z.array(z.string()).length(2),
  /** Images of each class in each split. */
  splits: z.strictObject({
    train: counts,
    val_select: counts,
    calib_fit: counts,
    calib_conformal: counts,
    val_test: counts,
  }),
  /** Images whose pixels equal those of an earlier one; they lie in its split. */
  duplicates: z.number().int().nonnegative(),
  skipped: z.array(z.strictObject({ name: z.string(), reason: z.string() })),
});
export type DatasetIndex = z.infer<typeof DatasetIndex>;

export const datasetIndexArtifact = json("index.json", DatasetIndex, { kind: "vision/dataset-index" });
