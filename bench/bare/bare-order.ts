import type { Task } from "../graph.ts";

/** What the bare loop is to do, as JSON. */
export interface BareOrder {
  readonly tasks: readonly BareTask[];
  /** The directory of the run, which is there and empty. */
  readonly run: string;
  /**
   * `function`: compute in a process of the lane. `call`: in the loop's own. `shell`: start a shell for it. `link`:
   * link what `from` holds.
   */
  readonly work: "function" | "call" | "shell" | "link";
  /** `strict`: with every fsync that the engine makes. */
  readonly durability: "strict" | "relaxed";
  /** Tasks at once. */
  readonly lanes: number;
  /** The run that results are linked from. */
  readonly from: string | null;
}

export interface BareTask extends Task {
  /** The path of the source, absolute. */
  readonly sourcePath: string | null;
  /** The line that a shell runs. */
  readonly line: string | null;
}
