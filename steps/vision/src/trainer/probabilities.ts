/** The positive class's probability for each row of logits of shape [count, 2]: 1 / (1 + exp(l₀ − l₁)). */
export function probabilities(logits: Float32Array): Float64Array {
  return Float64Array.from({ length: logits.length / 2 }, (_, row) => {
    return 1 / (1 + Math.exp(logits[row * 2]! - logits[row * 2 + 1]!));
  });
}
