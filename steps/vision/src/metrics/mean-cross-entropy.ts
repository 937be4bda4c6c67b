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
    const loss = lead > 0 ? lead + Math.log1p(Math.exp(-lead)) : Math.log1p(Math.exp(lead));
    sum += weights[label]! * loss;
    total += weights[label]!;
  }
  return total === 0 ? 0 : sum / total;
}
