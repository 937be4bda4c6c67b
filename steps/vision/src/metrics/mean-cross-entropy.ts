import { logSigmoid } from "../calibrate/calibrated.ts";

/**
 * Mean cross-entropy of logits of shape [count, 2], in nats.
 *
 * @param weights what a picture of each class weighs; all the same by default.
 */
export function meanCrossEntropy(
  logits: Float32Array,
  labels: Uint8Array,
  weights: readonly number[] = [1, 1],
): number {
  let sum = 0;
  let total = 0;
  for (const [row, label] of labels.entries()) {
    const lead = logits[row * 2 + 1 - label]! - logits[row * 2 + label]!;
    sum -= weights[label]! * logSigmoid(-lead);
    total += weights[label]!;
  }
  return total === 0 ? 0 : sum / total;
}
