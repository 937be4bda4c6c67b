/**
 * How far an empirical distribution of `count` independent numbers may lie from the true one anywhere, with confidence
 * 1 − δ: √(ln(2/δ) / 2n) (Dvoretzky, Kiefer and Wolfowitz 1956; Massart 1990).
 */
export function dkwMargin(count: number, delta: number): number {
  return Math.sqrt(Math.log(2 / delta) / (2 * count));
}
