/**
 * Whether times can tell a later change. A file system's clock moves in steps: a file that was written just now could
 * be written again, with the same size, and look the same.
 *
 * @param stats as they were taken.
 * @param nowMs when the first of them was taken, or before; what was read after it may be older than what is there
 * since.
 */
export function isSettled(stats: readonly { readonly ctimeMs: number }[], nowMs: number): boolean {
  return stats.every(({ ctimeMs }) => ctimeMs < nowMs - longestStep(ctimeMs));
}

/** The kernel's clock moves in steps of some milliseconds, and FAT's in steps of two seconds, ext3's of one. */
function longestStep(ctimeMs: number): number {
  return ctimeMs % 1_000 === 0 ? 2_020 : 20;
}
