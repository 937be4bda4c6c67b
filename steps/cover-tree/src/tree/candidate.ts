/** A leaf that may become a child: it would stand at `level` below `parent`, which is the nearest node that covers it. */
export interface Candidate {
  readonly point: number;
  readonly parent: number;
  /** To `parent`, above 0. */
  readonly distance: number;
  readonly level: number;
  /** 2 to the level. */
  readonly reach: number;
}
