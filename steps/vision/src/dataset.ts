import { defineStep, directory, z } from "@orchestrate/sdk";
import { attachMetadata } from "./images/attach-metadata.ts";
import { bySplit } from "./images/by-split.ts";
import { ClassFolders } from "./images/class-folders.ts";
import { collectPictures } from "./images/collect-pictures.ts";
import { datasetIndexArtifact } from "./images/dataset-index.ts";
import { Fit } from "./images/fit.ts";
import { metadataArtifact } from "./images/metadata.ts";
import { type SplitName, splitArtifacts, splitNames } from "./images/split-kinds.ts";
import { stratifiedSplit } from "./images/stratified-split.ts";
import { writeSplit } from "./images/write-split.ts";
import { cutOf } from "./lineage/cut-of.ts";

const share = z.number().gt(0).lt(1);

export default defineStep({
  summary:
    "Divides a folder of images, or rendered road scenes, into splits for training, selection, calibration and test.",
  config: z.strictObject({
    /** Pixels along each side; images are brought to it. */
    size: z.number().int().min(8).max(512).default(32),
    /** How an image that isn't square becomes so: stretched, cut, or with black margins. */
    fit: Fit.default("fill"),
    /** The positive class; the last by name where it is left out. */
    positive: z.string().optional(),
    /**
     * The two classes and the subfolders that make up each, where these are not just two; `*` stands for all others.
     */
    classes: ClassFolders.optional(),
    /** Shares of the images of each class; val_calib is divided into calib_fit and calib_conformal. */
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
    /** The share of val_calib that becomes calib_conformal. */
    conformal: share.default(0.5),
    /** Images of each class that each split must get. */
    minimum: z.number().int().positive().default(2),
    /** What to do about files that can't be decoded. */
    corrupt: z.enum(["refuse", "skip"]).default("refuse"),
    /** What to do about pictures found in both classes. */
    conflicting: z.enum(["refuse", "skip"]).default("refuse"),
    /** What to render where no images are wired. */
    scenes: z.strictObject({ count: z.number().int().positive().default(400) }).prefault({}),
  }),
  inputs: {
    images: directory("*").optional(),
    /** Columns to look at results by, one line a picture. */
    metadata: metadataArtifact.optional(),
  },
  outputs: {
    ...splitArtifacts,
    index: datasetIndexArtifact,
  },
  seeds: ["split", "scenes"],
  resources: { cpu: 1, memory: 1024 },
  async run({ config, inputs, outputs, seeds, progress, metric, log, signal }) {
    const found = await collectPictures(inputs.images?.path, config, { seed: seeds.scenes, progress, log, signal });
    const { groups, classes } = found;
    const rows = inputs.metadata?.rows();
    const pictures = rows === undefined ? found.pictures : await attachMetadata(found.pictures, rows, log);
    const { val_calib, ...others } = config.split;
    const calib_conformal = val_calib * config.conformal;
    const fractions = { ...others, calib_fit: val_calib - calib_conformal, calib_conformal };
    const options = { fractions, classes, minimum: config.minimum, seed: seeds.split };
    const places = stratifiedSplit(groups, options);
    const chosen = (name: SplitName) => places[name].map((position) => pictures[position]!);
    const sources = (name: SplitName) => chosen(name).map(({ source }) => source);
    const origins = cutOf(bySplit(sources));
    for (const name of splitNames) {
      writeSplit(outputs[name], { origin: origins[name], size: config.size, fit: config.fit, classes }, chosen(name));
      metric(name, places[name].length);
    }
    const countOf = (name: SplitName) =>
      Object.fromEntries(
        classes.map((each, label) => [each, chosen(name).filter((one) => one.label === label).length]),
      );
    await outputs.index.write({
      schema: "vision.dataset/1",
      source: inputs.images === undefined ? "scenes" : "folder",
      size: config.size,
      channels: 3,
      classes: [...classes],
      splits: bySplit(countOf),
      duplicates: found.duplicates,
      skipped: [...found.skipped],
    });
  },
});
