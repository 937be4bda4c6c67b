// Quantities as people read them.

/** As "1 byte" or "2 bytes". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Nanoseconds as "87 ns", "2.11 µs" or "1.77 ms". */
export function duration(nanoseconds: number): string {
  if (nanoseconds < 1e3) return `${Math.round(nanoseconds)} ns`;
  if (nanoseconds < 1e6) return `${(nanoseconds / 1e3).toPrecision(3)} µs`;
  return `${(nanoseconds / 1e6).toPrecision(3)} ms`;
}

/** Bytes as "5.6 KiB" or "3.25 MiB". */
export function memory(bytes: number): string {
  return bytes < 2 ** 20 ? `${(bytes / 2 ** 10).toFixed(1)} KiB` : `${(bytes / 2 ** 20).toFixed(2)} MiB`;
}

/** A share as "12.5 %". */
export function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}
