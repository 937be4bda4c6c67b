/** Fewer runs than this say nothing about what is usual. */
const FEWEST = 3;

/**
 * Whether a number is like those of the runs before: at most so many standard deviations from their mean. Where all
 * were equal, any other is unusual.
 */
export function variability(
  value: number,
  history: readonly number[],
  { lookback, deviations }: { readonly lookback: number; readonly deviations: number },
): { readonly isUsual: boolean; readonly detail: string } {
  const recent = history.slice(-lookback);
  if (recent.length < FEWEST)
    return { isUsual: true, detail: `${recent.length} earlier runs, too few to tell what is usual` };
  const mean = recent.reduce((sum, each) => sum + each, 0) / recent.length;
  const deviation = Math.sqrt(recent.reduce((sum, each) => sum + (each - mean) ** 2, 0) / recent.length);
  const isUsual = Math.abs(value - mean) <= deviations * deviation;
  const usual = `${mean.toFixed(1)} ± ${(deviations * deviation).toFixed(1)} over ${recent.length} earlier runs`;
  return { isUsual, detail: isUsual ? `usual: ${usual}` : `unusual: ${usual}` };
}
