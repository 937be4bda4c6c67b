import type { Timing } from "./measure.ts";

/** A figure to reach: the time of one, divided by that of another. */
export interface Target {
  readonly of: string;
  readonly against: string;
  readonly atMost: number;
}

/**
 * The text of one comparison: times, then ratios beside what is to be reached. A target whose contender was left out is
 * not shown.
 */
export function report(title: string, timings: readonly Timing[], targets: readonly Target[]): string {
  const known = new Map(timings.map((timing) => [timing.name, timing]));
  const times = timings.map(({ name, median, low, high }) => [
    name,
    `${milliseconds(median)} ms`,
    `(${milliseconds(low)}–${milliseconds(high)})`,
  ]);
  const ratios = targets.flatMap(({ of, against, atMost }) => {
    const [one, other] = [known.get(of), known.get(against)];
    return one === undefined || other === undefined
      ? []
      : [ratioLine(`${of} / ${against}`, one.median / other.median, atMost)];
  });
  return [title, ...columns(times), ...columns(ratios), ""].join("\n");
}

/** One ratio as a row: name, value, what is to be reached, verdict. */
export function ratioLine(name: string, ratio: number, atMost: number): readonly string[] {
  return [name, `${ratio.toFixed(2)}×`, `at most ${atMost.toFixed(2)}×`, verdict(ratio, atMost)];
}

/** Whether a figure is reached, or how much is missing. */
export function verdict(value: number, atMost: number): string {
  return value <= atMost ? "reached" : `short by ${(value / atMost).toFixed(2)}×`;
}

/** Aligned rows, the first column to the left and the others to the right. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  }
  return rows.map(
    (row) =>
      `  ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join("  ")}`,
  );
}

function milliseconds(value: number): string {
  return value < 100 ? value.toFixed(1) : value.toFixed(0);
}
