import { type Measured, measure } from "./judge.ts";

/**
 * Two numbers as an engine writes them, and by how much they differ: exactly, where both are whole numbers or decimals,
 * since as floats 9007199254740993 and 9007199254740992 are one.
 *
 * @returns undefined where one of them is no number.
 */
export function measureTexts(source: string, target: string): Measured | undefined {
  const [a, b] = [Number(source), Number(target)];
  if (Number.isNaN(a) || Number.isNaN(b)) return undefined;
  const difference = exactDifference(source, target);
  if (difference === undefined) return measure(a, b);
  const percent = difference === 0 ? 0 : a === 0 ? null : (difference / Math.abs(a)) * 100;
  return { source: a, target: b, difference, percent };
}

function exactDifference(source: string, target: string): number | undefined {
  const [a, b] = [source.match(DECIMAL), target.match(DECIMAL)];
  if (a === null || b === null) return undefined;
  const scale = Math.max(a[2]?.length ?? 0, b[2]?.length ?? 0);
  const [first, second] = [a, b].map(([, whole, fraction = ""]) => BigInt(`${whole}${fraction.padEnd(scale, "0")}`));
  const difference = first! - second!;
  return Number(difference < 0n ? -difference : difference) / 10 ** scale;
}

const DECIMAL = /^(-?\d+)(?:\.(\d+))?$/;
