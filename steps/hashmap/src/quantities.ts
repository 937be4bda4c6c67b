// Quantities as people read them.

/** As "1 byte" or "2 bytes". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Nanoseconds as "87 ns", "2.11 µs", "1.77 ms" or "12.0 s". */
export function duration(nanoseconds: number): string {
  // Rounded first, so that no unit is left with a thousand of it.
  const rounded = Number(nanoseconds.toPrecision(3));
  if (rounded < 1e3) return `${Math.round(rounded)} ns`;
  if (rounded < 1e6) return `${(rounded / 1e3).toPrecision(3)} µs`;
  if (rounded < 1e9) return `${(rounded / 1e6).toPrecision(3)} ms`;
  return `${(nanoseconds / 1e9).toFixed(1)} s`;
}

/** Bytes as "5.6 KiB" or "3.25 MiB". */
export function memory(bytes: number): string {
  return bytes < 2 ** 20 ? `${(bytes / 2 ** 10).toFixed(1)} KiB` : `${(bytes / 2 ** 20).toFixed(2)} MiB`;
}

/** A share as "12.5 %". */
export function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}
