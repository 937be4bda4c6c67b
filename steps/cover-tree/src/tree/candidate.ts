import type { Outline } from "./outline.ts";

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

export function candidateOf({ parents, distances, scale }: Outline, leaf: number): Candidate {
  const distance = distances[leaf]!;
  const level = scale.levelBelow(distance);
  return { point: leaf, parent: parents[leaf]!, distance, level, reach: scale.reach(level) };
}
