import type { EpochRow } from "./epoch-row.ts";

/** One line of plain text about an epoch. */
export function describeEpoch({ epoch, train_loss, val_loss, mcc, accuracy, lr }: EpochRow): string {
  const losses = `train loss ${train_loss.toFixed(4)}, val loss ${val_loss.toFixed(4)}`;
  return `epoch ${epoch}: ${losses}, mcc ${mcc.toFixed(4)}, accuracy ${accuracy.toFixed(4)}, lr ${lr.toExponential(2)}`;
}
