import { type StepContext, z } from "@orchestrate/sdk";

/** What one pass over unlabelled images came to. */
export const MaskedRow = z.strictObject({
  /** From 1. */
  epoch: z.number().int().positive(),
  /**
   * Mean square of what was predicted less what was hidden, over the epoch's batches; 1 is what a blind guess gives.
   */
  loss: z.number(),
  /** The learning rate of the epoch's last update. */
  lr: z.number(),
});
export type MaskedRow = z.infer<typeof MaskedRow>;

/** Tells of an epoch, by what a step has to tell with. */
export function tellMaskedRow(
  { progress, log, metric }: Pick<StepContext, "progress" | "log" | "metric">,
  row: MaskedRow,
  epochs: number,
): void {
  progress(row.epoch, epochs, `loss ${row.loss.toFixed(3)}`);
  log.info(describeMaskedRow(row));
  metric("loss", row.loss, row.epoch);
}

/** One line of plain text about it. */
export function describeMaskedRow({ epoch, loss, lr }: MaskedRow): string {
  return `epoch ${epoch}: loss ${loss.toFixed(4)}, lr ${lr.toExponential(2)}`;
}
