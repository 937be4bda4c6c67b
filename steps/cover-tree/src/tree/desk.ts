/**
 * What surveys read, and where they write what they find, in arrays that threads share: the points of a batch, or the
 * loose leaves of the nodes of a round, one node's after the other's. A piece of a survey has places of its own.
 */
export interface Desk {
  /** By place: a point of the batch, or a leaf. */
  readonly points: Int32Array;
  /** By place: the node at which the point's way down ends, or for a leaf the number of its nearest pick, or -1. */
  readonly nearest: Int32Array;
  /** By place: how far that is. */
  readonly lengths: Float64Array;
  /** By place: how far the level of a leaf that becomes a node reaches. */
  readonly reaches: Float64Array;
  /** By number of a node in the round. */
  readonly nodes: Int32Array;
  /** By number of a node in the round: the place after its last leaf. */
  readonly ends: Int32Array;
  /** By number of a node in the round: how many of its leaves were picked; 0 where they do not thin out. */
  readonly pickCounts: Int32Array;
  /** From the place of a node's first leaf on, for each of its picks: which of its leaves that is. */
  readonly picks: Int32Array;
  /** From there on likewise: the nearest node that keeps the pick from its level, or -1. */
  readonly obstacles: Int32Array;
  /** The first part of a survey that nobody has taken. */
  readonly next: Int32Array;
}

/** @param count places, and nodes. */
export function newDesk(count: number): Desk {
  return {
    points: sharedIntegers(count),
    nearest: sharedIntegers(count),
    lengths: sharedDoubles(count),
    reaches: sharedDoubles(count),
    nodes: sharedIntegers(count),
    ends: sharedIntegers(count),
    pickCounts: sharedIntegers(count),
    picks: sharedIntegers(count),
    obstacles: sharedIntegers(count),
    next: sharedIntegers(1),
  };
}

/** Numbers that threads share, 0 at first. */
export function sharedIntegers(length: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(length * 4));
}

/** Numbers that threads share, 0 at first. */
export function sharedDoubles(length: number): Float64Array<SharedArrayBuffer> {
  return new Float64Array(new SharedArrayBuffer(length * 8));
}
