/** A leaf that may become a child of its parent, at `level`. */
export interface Candidate {
  readonly point: number;
  readonly parent: number;
  /** To `parent`, above 0. */
  readonly distance: number;
  readonly level: number;
  /** Of the level. */
  readonly reach: number;
}
