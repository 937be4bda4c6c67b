import { defineStep, directory, z } from "@orchestrate/sdk";
import { collectPictures } from "./images/collect-pictures.ts";
import { datasetIndexArtifact } from "./images/dataset-index.ts";
import { calibSplit, selectSplit, splitNames, testSplit, trainSplit } from "./images/split-kinds.ts";
import { stratifiedSplit } from "./images/stratified-split.ts";
import { writeSplit } from "./images/write-split.ts";

const share = z.number().gt(0).lt(1);

export default defineStep({
  summary: "Divides a folder of images, or rendered road scenes, into train, val_select, val_calib and val_test.",
  config: z.strictObject({
    /** Pixels along each side; images are brought to it. */
    size: z.number().int().min(8).max(512).default(32),
    /** How an image that isn't square becomes so: stretched, cut, or with black margins. */
    fit: z.enum(["fill", "cover", "contain"]).default("fill"),
    /** The positive class; the last by name where it is left out. */
    positive: z.string().optional(),
    /** Shares of the images of each class. */
    split: z
      .strictObject({
        train: share.default(0.6),
        val_select: share.default(0.15),
        val_calib: share.default(0.15),
        val_test: share.default(0.1),
      })
      .refine((shares) => Math.abs(Object.values(shares).reduce((sum, each) => sum + each, 0) - 1) < 1e-9, {
        error: "the shares of train, val_select, val_calib and val_test must add up to 1",
      })
      .prefault({}),
    /** Images of each class that each split must get. */
    minimum: z.number().int().positive().default(2),
    /** What to do about files that can't be decoded. */
    corrupt: z.enum(["refuse", "skip"]).default("refuse"),
    /** What to do about pictures found in both classes. */
    conflicting: z.enum(["refuse", "skip"]).default("refuse"),
    /** What to render where no images are wired. */
    scenes: z.strictObject({ count: z.number().int().positive().default(400) }).prefault({}),
  }),
  inputs: { images: directory("*").optional() },
  outputs: {
    train: trainSplit,
    val_select: selectSplit,
    val_calib: calibSplit,
    val_test: testSplit,
    index: datasetIndexArtifact,
  },
  seeds: ["split", "scenes"],
  resources: { cpu: 1, memory: 512 },
  async run({ config, inputs, outputs, seeds, progress, metric, log, signal }) {
    const found = await collectPictures(inputs.images?.path, config, { seed: seeds.scenes, progress, log, signal });
    const { pictures, groups, classes } = found;
    const options = { fractions: config.split, classes, minimum: config.minimum, seed: seeds.split };
    const places = stratifiedSplit(groups, options);
    const countOf = (name: (typeof splitNames)[number]) =>
      Object.fromEntries(
        classes.map((each, label) => [each, places[name].filter((at) => pictures[at]!.label === label).length]),
      );
    for (const name of splitNames) {
      const chosen = places[name].map((position) => pictures[position]!);
      writeSplit(outputs[name], { name, size: config.size, classes }, chosen);
      metric(name, chosen.length);
    }
    await outputs.index.write({
      schema: "vision.dataset/1",
      source: inputs.images === undefined ? "scenes" : "folder",
      size: config.size,
      channels: 3,
      classes: [...classes],
      splits: {
        train: countOf("train"),
        val_select: countOf("val_select"),
        val_calib: countOf("val_calib"),
        val_test: countOf("val_test"),
      },
      duplicates: found.duplicates,
      skipped: [...found.skipped],
    });
  },
});
