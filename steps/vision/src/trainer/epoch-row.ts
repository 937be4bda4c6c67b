import { z } from "@orchestrate/sdk";

/**
 * What one pass over the training images came to; all but train_loss and lr are of the averaged weights on val_select.
 */
export const EpochRow = z.strictObject({
  /** From 1. */
  epoch: z.number().int().positive(),
  /** Mean cross-entropy with smoothing, class weights and augmentation, over the epoch's batches. */
  train_loss: z.number(),
  /**
   * Mean cross-entropy without smoothing and augmentation; with class weights, each class of val_select counts alike.
   */
  val_loss: z.number(),
  mcc: z.number(),
  accuracy: z.number(),
  /** The learning rate of the epoch's last update. */
  lr: z.number(),
});
export type EpochRow = z.infer<typeof EpochRow>;
