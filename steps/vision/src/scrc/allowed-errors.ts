/**
 * The most errors among `count` selected calibration pictures with which conformal risk control still promises a mean
 * loss of at most `alpha` for one more picture: (errors + B)/(count + 1) ≤ α with the bound B = 1 (Angelopoulos et al.
 * 2024, arXiv 2208.02814, theorem 1).
 *
 * @returns −1 where not even none is few enough.
 */
export function allowedOnAverage(count: number, alpha: number): number {
  // 0.29 · 100 comes to a little less than 29.
  return Math.max(-1, Math.floor(alpha * (count + 1) + 1e-9) - 1);
}

/**
 * The most errors among `count` independent pictures that show, with confidence 1 − δ, a risk of at most `alpha`: the
 * greatest e with P(Bin(count, α) ≤ e) ≤ δ, by which the upper bound of Clopper and Pearson (1934) is at most α.
 *
 * @returns −1 where not even none is few enough.
 */
export function allowedWithConfidence(count: number, alpha: number, delta: number): number {
  let logMass = count * Math.log1p(-alpha);
  let below = Math.exp(logMass);
  let errors = -1;
  while (errors < count - 1 && below <= delta) {
    errors++;
    logMass += Math.log((count - errors) / (errors + 1)) + Math.log(alpha) - Math.log1p(-alpha);
    below += Math.exp(logMass);
  }
  return errors;
}
