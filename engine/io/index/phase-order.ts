import type { PhaseRow } from "./phase-row.ts";

/** For sorting: the one that was committed first. */
export function olderFirst(a: PhaseRow, b: PhaseRow): number {
  return a.committed < b.committed ? -1 : a.committed > b.committed ? 1 : 0;
}

/** For sorting: the one that was committed last, of equal times the one that was told last. */
export function newerFirst(a: PhaseRow, b: PhaseRow): number {
  return olderFirst(b, a) || (b.id ?? 0) - (a.id ?? 0);
}
