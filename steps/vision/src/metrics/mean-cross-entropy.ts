/** Mean cross-entropy of logits of shape [count, 2], in nats. */
export function meanCrossEntropy(logits: Float32Array, labels: Uint8Array): number {
  let sum = 0;
  for (const [row, label] of labels.entries()) {
    const lead = logits[row * 2 + 1 - label]! - logits[row * 2 + label]!;
    sum += lead > 0 ? lead + Math.log1p(Math.exp(-lead)) : Math.log1p(Math.exp(lead));
  }
  return labels.length === 0 ? 0 : sum / labels.length;
}
