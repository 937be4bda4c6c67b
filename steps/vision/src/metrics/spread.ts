/** Whole numbers from 0 to length − 1, at most `limit` of them, evenly apart, `always` among them: points to draw. */
export function spread(length: number, limit: number, always: number): number[] {
  if (length <= limit) return Array.from({ length }, (_, index) => index);
  const points = new Set([always]);
  const others = limit - 1;
  for (let index = 0; index < others; index++) points.add(Math.round((index * (length - 1)) / (others - 1)));
  return [...points].sort((a, b) => a - b);
}
