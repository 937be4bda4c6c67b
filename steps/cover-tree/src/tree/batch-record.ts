/** What happened in one batch. */
export interface BatchRecord {
  readonly index: number;
  readonly size: number;
  /** Leaves that could have become nodes, those that did, and those that were too near to one of them; summed over rounds. */
  readonly candidates: number;
  readonly selected: number;
  readonly dominated: number;
  readonly conflicts: number;
  readonly rounds: number;
  /** Distances computed. */
  readonly evaluations: number;
}
