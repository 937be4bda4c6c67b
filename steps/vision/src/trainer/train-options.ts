import { z } from "@orchestrate/sdk";

/** How weights are updated, whatever they are fitted to. */
export const UpdateOptions = z.strictObject({
  /** Most passes over the training images. */
  epochs: z.number().int().positive().default(150),
  /** Most images per update; an epoch is cut into batches of nearly equal size. */
  batch: z.number().int().positive().default(64),
  /** Greatest learning rate. */
  lr: z.number().positive().default(0.002),
  /** Share of all updates over which the learning rate rises. */
  warmUp: z.number().min(0).max(1).default(0.1),
  weightDecay: z.number().nonnegative().default(0.05),
  /** Greatest length of a gradient. */
  clip: z.number().positive().default(1),
  /** Decay of the moving average of the weights, which is what is kept; 0 keeps the weights themselves. */
  averageDecay: z.number().min(0).lt(1).default(0.98),
});
export type UpdateOptions = z.infer<typeof UpdateOptions>;

/** How an image is drawn anew each time it is trained on. */
export const AugmentOptions = z.strictObject({
  /** Mirrors half of the images left to right. */
  flip: z.boolean().default(true),
  /** Moves an image by up to this share of its side, along both axes. */
  shift: z.number().min(0).max(0.5).default(0.1),
  /** Scales an image by up to this much, up or down. */
  zoom: z.number().min(0).max(0.5).default(0.1),
  /** Turns an image by up to this many degrees, either way. */
  turn: z.number().min(0).max(180).default(10),
  /** Changes brightness and contrast by up to this share. */
  light: z.number().min(0).max(1).default(0.2),
});
export type AugmentOptions = z.infer<typeof AugmentOptions>;

/** How a classifier is trained, whichever trainer does it. */
export const TrainOptions = z.strictObject({
  ...UpdateOptions.shape,
  /** How much of the target goes to the other class, in [0, 0.5). */
  labelSmoothing: z.number().min(0).lt(0.5).default(0.05),
  /** `balanced` weighs each class by the inverse of its share. */
  classWeights: z.enum(["balanced", "none"]).default("balanced"),
  /** Epochs without a better one before training stops early. */
  patience: z.number().int().positive().default(60),
  augment: AugmentOptions.prefault({}),
});
export type TrainOptions = z.infer<typeof TrainOptions>;
