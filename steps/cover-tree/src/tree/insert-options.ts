import type { BatchRecord } from "./batch-record.ts";
import type { ConflictGraph } from "./conflict-graph.ts";

/** How points are put into a tree. */
export interface InsertOptions {
  /** Loose leaves that a node may have before its leaves are parted; 0 gives every point that is no duplicate a level. */
  readonly leafSize: number;
  readonly schedule: Schedule;
  readonly conflictGraph: ConflictGraph;
  /** Decides between candidates of one level. */
  readonly seed: number;
  /** Called after each batch. */
  readonly onBatch: (record: BatchRecord) => void;
  readonly signal: AbortSignal;
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
