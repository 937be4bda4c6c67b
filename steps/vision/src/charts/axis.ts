/** One axis of a chart: where values lie on the page, and which of them are marked. */
export interface Axis {
  place(value: number): number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

/**
 * @param values what is to be seen; finite.
 * @param start where the least value lies, in pixels; may be greater than `end`.
 */
export function axis(
  { from, to }: { readonly from?: number; readonly to?: number },
  values: readonly number[],
  start: number,
  end: number,
): Axis {
  const low = from ?? values.reduce((least, value) => Math.min(least, value), to ?? Infinity);
  const high = to ?? values.reduce((most, value) => Math.max(most, value), from ?? -Infinity);
  const [first, last] = widened(low, high);
  const place = (value: number) => start + ((value - first) / (last - first)) * (end - start);
  const step = niceStep((last - first) / 5);
  const count = Math.floor(last / step + 1e-9) - Math.ceil(first / step - 1e-9) + 1;
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  const ticks = Array.from({ length: count }, (_, index) => (Math.ceil(first / step - 1e-9) + index) * step);
  return {
    place,
    ticks: ticks.map((value) => ({ at: place(value), label: value.toFixed(digits).replace(/^-(0\.?0*)$/, "$1") })),
  };
}

/** An axis of one value, or of none, is given some length. */
function widened(low: number, high: number): [number, number] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  return high > low ? [low, high] : [low - 0.5, low + 0.5];
}

/** 1, 2 or 5 times a power of ten, at least `least`. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5].find((each) => each * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}
