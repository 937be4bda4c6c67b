/** A metric for people: four significant digits, whole numbers whole. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(4)));
}

/** `mcc 0.93  accuracy 0.97`: as many metrics as a line bears, an ellipsis for the rest. */
export function formatMetrics(metrics: Iterable<readonly [string, number]>, most = 4): string {
  const all = [...metrics];
  const shown = all.slice(0, most).map(([name, value]) => `${name} ${formatNumber(value)}`);
  return [...shown, ...(all.length > most ? ["…"] : [])].join("  ");
}
