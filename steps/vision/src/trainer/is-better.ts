import type { EpochRow } from "./epoch-row.ts";

/**
 * Whether an epoch is to be kept rather than the one kept so far. Epochs count as equal in MCC where they lie no
 * further below the greatest MCC yet than one image can move it, and among equal ones the smaller val_loss wins: on a
 * small val_select one lucky image would otherwise let a poor early epoch beat all later ones.
 *
 * @param row the newest epoch.
 * @param kept the epoch kept so far.
 * @param history all epochs, `row` included.
 * @param resolution what one image can move, as `matthewsResolution` says.
 */
export function isBetter(
  row: EpochRow,
  kept: EpochRow | undefined,
  history: readonly EpochRow[],
  resolution: number,
): boolean {
  const least = history.reduce((greatest, { mcc }) => Math.max(greatest, mcc), row.mcc) - resolution - 1e-12;
  if (row.mcc < least) return false;
  return kept === undefined || kept.mcc < least || row.val_loss < kept.val_loss;
}

/**
 * What one image can move MCC, nearly: one part in the images of the rarer class.
 *
 * @param labels 0 or 1.
 */
export function matthewsResolution(labels: Uint8Array): number {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  return 1 / Math.max(1, Math.min(positives, labels.length - positives));
}
