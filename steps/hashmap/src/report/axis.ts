/** Places values along a length, and names some of them. */
export interface Axis {
  at(value: number): number;
  readonly marks: readonly { readonly value: number; readonly label: string }[];
}

/** From 0 to `most`, evenly. */
export function linearAxis(most: number, from: number, to: number): Axis {
  const step = niceStep(most / 4);
  const end = Math.max(step, Math.ceil(most / step) * step);
  return {
    at: (value) => from + (value / end) * (to - from),
    marks: Array.from({ length: Math.round(end / step) + 1 }, (_, mark) => markOf(mark * step)),
  };
}

/** In powers of ten, from the one below `least` to the one above `most`; both above 0. */
export function logarithmicAxis(least: number, most: number, from: number, to: number): Axis {
  const low = Math.floor(Math.log10(least));
  const high = Math.max(low + 1, Math.ceil(Math.log10(most)));
  return {
    at: (value) => from + ((Math.log10(Math.max(value, 10 ** low)) - low) / (high - low)) * (to - from),
    marks: Array.from({ length: high - low + 1 }, (_, mark) => markOf(10 ** (low + mark))),
  };
}

/** 1, 2 or 5 times a power of ten. */
function niceStep(least: number): number {
  if (least <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((factor) => factor * power >= least) ?? 10);
}

function markOf(value: number) {
  return { value, label: shortNumber(value) };
}

/** As 1.5M or 20k; below a thousand with up to three digits. */
export function shortNumber(value: number): string {
  if (value >= 1e9) return `${Number((value / 1e9).toPrecision(3))}G`;
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  if (value >= 1e3) return `${Number((value / 1e3).toPrecision(3))}k`;
  return `${Number(value.toPrecision(3))}`;
}
