/**
 * Mean negative log-likelihood of labels under the positive class's probabilities, in nats; 0 of nothing. Probabilities
 * are brought into [ε, 1 − ε] first, ε = 2⁻⁵², as scikit-learn's `log_loss` does.
 */
export function negativeLogLikelihood(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < labels.length; index++) {
    const p = Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probabilities[index]!));
    sum -= labels[index] === 1 ? Math.log(p) : Math.log(1 - p);
  }
  return labels.length === 0 ? 0 : sum / labels.length;
}

/** Mean of (p − label)², in [0, 1]; 0 of nothing. As scikit-learn's `brier_score_loss`. */
export function brierScore(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < labels.length; index++) sum += (probabilities[index]! - labels[index]!) ** 2;
  return labels.length === 0 ? 0 : sum / labels.length;
}
