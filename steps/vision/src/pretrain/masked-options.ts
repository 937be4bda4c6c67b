import { z } from "@orchestrate/sdk";
import { AugmentOptions, UpdateOptions } from "../trainer/train-options.ts";

/** How a network is trained to see what is hidden. */
export const MaskedOptions = z.strictObject({
  ...UpdateOptions.shape,
  /** Share of an image's patches that are hidden; at least one is, and one is not. */
  maskRatio: z.number().gt(0).lt(1).default(0.6),
  augment: AugmentOptions.prefault({}),
  /** Threads among which each update's images are shared out. Equal numbers give equal bits. */
  threads: z.number().int().min(1).max(64).default(2),
  /** Epochs between two checkpoints. */
  checkpointEvery: z.number().int().positive().default(5),
});
export type MaskedOptions = z.infer<typeof MaskedOptions>;
