/**
 * The learning rate of an update: a straight rise over the first `warmUp` updates, then half a cosine down to a
 * hundredth of `peak` at the last one (Loshchilov and Hutter, arXiv 1608.03983, without restarts).
 *
 * @param step from 0 to `total` − 1.
 */
export function learningRate(
  step: number,
  schedule: { readonly peak: number; readonly warmUp: number; readonly total: number },
): number {
  if (step < schedule.warmUp) return (schedule.peak * (step + 1)) / schedule.warmUp;
  const done = (step - schedule.warmUp) / Math.max(1, schedule.total - 1 - schedule.warmUp);
  const floor = schedule.peak / 100;
  return floor + ((schedule.peak - floor) * (1 + Math.cos(Math.PI * Math.min(1, done)))) / 2;
}
