import type { BatchRecord } from "./batch-record.ts";
import type { ConflictGraph } from "./conflict-graph.ts";

/** How points are put into a tree. */
export interface InsertOptions {
  /**
   * Loose leaves that a node may have before its leaves are parted; 0 gives every point that is no duplicate a level.
   */
  readonly leafSize: number;
  readonly schedule: Schedule;
  readonly conflictGraph: ConflictGraph;
  /** Decides between candidates of one level. */
  readonly seed: number;
  /** Called after each batch. */
  readonly onBatch: (record: BatchRecord) => void;
  readonly threads: Sharing;
  readonly signal: AbortSignal;
}

/** How work is shared. What comes out does not depend on it. */
export interface Sharing {
  /** Threads, at most. */
  readonly most: number;
  /** Numbers that the points have which are put in, from which on threads are worth their start. */
  readonly least: number;
}

/** How a tree is made. */
export interface BuildOptions extends InsertOptions {
  /** How many times as far each level reaches as the one below it. */
  readonly base: number;
}

/** How batches grow: each doubles what is in the tree, or grows faster where few of the last one were dominated. */
export type Schedule =
  | { readonly kind: "doubling" }
  | {
      readonly kind: "adaptive";
      /** Shares of dominated candidates up to which, and from which on, growth is large or small. */
      readonly low: number;
      readonly high: number;
      readonly small: number;
      readonly medium: number;
      readonly large: number;
    };
