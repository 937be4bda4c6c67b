import { z } from "@orchestrate/sdk";

/** What one pass over the training images came to; all but train_loss and lr are of the averaged weights on val_select. */
export const EpochRow = z.strictObject({
  /** From 1. */
  epoch: z.number().int().positive(),
  /** Mean cross-entropy with smoothing, class weights and augmentation, over the epoch's batches. */
  train_loss: z.number(),
  /** Mean cross-entropy without them. */
  val_loss: z.number(),
  mcc: z.number(),
  /** The mean of `mcc` over the last epochs, `chooseOver` of them; the epoch of greatest score is kept. */
  score: z.number(),
  accuracy: z.number(),
  /** The learning rate of the epoch's last update. */
  lr: z.number(),
});
export type EpochRow = z.infer<typeof EpochRow>;

/** Whether an epoch is to be kept rather than the best so far: greater score, or equal score and smaller val_loss. */
export function isBetter(row: EpochRow, best: EpochRow | undefined): boolean {
  if (best === undefined || row.score !== best.score) return best === undefined || row.score > best.score;
  return row.val_loss < best.val_loss;
}

/**
 * The score of an epoch. On a small val_select a single image makes a great difference, so that one lucky epoch early on
 * would beat all later and better ones; a mean over a few epochs is not so easily moved.
 *
 * @param earlier the epochs before it.
 */
export function epochScore(mcc: number, earlier: readonly EpochRow[], chooseOver: number): number {
  const values = [
    ...earlier.slice(earlier.length - Math.min(earlier.length, chooseOver - 1)).map((row) => row.mcc),
    mcc,
  ];
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
