/**
 * Whether times can tell a later change. A file system's clock moves in steps of some milliseconds: a file that was
 * written just now could be written again, with the same size, and look the same.
 */
export function isSettled(stats: readonly { readonly ctimeMs: number }[], nowMs: number): boolean {
  return stats.every(({ ctimeMs }) => ctimeMs < nowMs - coarsestClockMs);
}

const coarsestClockMs = 20;
