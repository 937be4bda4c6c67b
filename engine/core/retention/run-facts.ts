/** A run, as far as it bears on what may be deleted. */
export interface RunFacts {
  readonly run: string;
  readonly pipeline: string;
  readonly state: string | null;
  /** `unreadable`: nothing can be told of it, nor of what it holds. */
  readonly standing: "succeeded" | "running" | "unfinished" | "unreadable";
  /** Phases that began to change something outside, and did not commit it. */
  readonly begunEffects: readonly string[];
  /** The runs to whose results its `previous` inputs were pinned as it began. */
  readonly pinned: readonly string[];
  /** The phases whose results the next run takes up: those that are read by `previous`. */
  readonly carried: readonly string[];
  /**
   * When each of those was committed here that any run of this pipeline and state carries, as `committedAfter` tells.
   */
  readonly results: ReadonlyMap<string, string>;
  /** The phases whose results are what stands where they are published. */
  readonly published: readonly string[];
}

/** Why a run stays. */
export type KeptBecause =
  | { readonly reason: "running" | "unreadable" | "recent" | "not-deleted" }
  | { readonly reason: "effect-begun" | "newest-result" | "published"; readonly phases: readonly string[] }
  | { readonly reason: "pinned"; readonly by: string };
