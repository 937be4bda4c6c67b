import type { EpochRow } from "./epoch-row.ts";

/** One line of plain text about an epoch. */
export function describeEpoch({ epoch, train_loss, val_loss, mcc, accuracy, lr }: EpochRow): string {
  const losses = `train loss ${train_loss.toFixed(4)}, val loss ${val_loss.toFixed(4)}`;
  return `epoch ${epoch}: ${losses}, mcc ${mcc.toFixed(4)}, accuracy ${accuracy.toFixed(4)}, lr ${lr.toExponential(2)}`;
}

/** Why training ended, and which epoch's weights were kept. */
export function describeEnd(
  epochs: number,
  kept: Pick<EpochRow, "epoch" | "mcc">,
  options: { readonly epochs: number; readonly patience: number },
): string {
  const why =
    epochs < options.epochs ? `${options.patience} epochs without a better one (patience)` : "as many as asked for";
  return `ended after ${epochs} epochs, ${why}; kept epoch ${kept.epoch}, mcc ${kept.mcc.toFixed(4)}`;
}
