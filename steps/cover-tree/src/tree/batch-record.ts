/** What happened in one batch. */
export interface BatchRecord {
  readonly index: number;
  readonly size: number;
  /**
   * Leaves of the nodes that were parted, those that became nodes, and those that were too near to a node and went
   * there; over all rounds.
   */
  readonly candidates: number;
  readonly selected: number;
  readonly dominated: number;
  readonly conflicts: number;
  readonly rounds: number;
  /** Distances computed. */
  readonly evaluations: number;
}
