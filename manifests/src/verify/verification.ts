/** One thing that does not agree. */
export interface VerificationProblem {
  /**
   * The file, relative to the run directory, and the field where it is about one:
   * `phases/train/manifest.json inputs.dataset`.
   */
  readonly where: string;
  readonly what: ProblemKind;
  readonly expected: string;
  readonly found: string;
}

export type ProblemKind =
  | "unreadable"
  | "missing"
  | "lies in the wrong place"
  | "belongs to another run"
  | "digest differs"
  | "source has changed since"
  | "not named by any manifest"
  | "not what the run manifest says";

/** Something that can't be, or was not, checked. */
export interface UncheckedItem {
  readonly where: string;
  readonly why: "outside of the run, and not there" | "outside of the run, and skipped" | "not committed";
}

export interface Verification {
  /** The run's identifier, or null where it can't be read. */
  readonly run: string | null;
  /** `unfinished`: the run has no manifest of its own; what is committed was checked all the same. */
  readonly state: "finished" | "unfinished";
  readonly ok: boolean;
  readonly checked: {
    readonly phases: number;
    readonly artifacts: number;
    readonly inputs: number;
    readonly sources: number;
  };
  readonly problems: readonly VerificationProblem[];
  readonly unchecked: readonly UncheckedItem[];
}

/** Collects what a verification finds. */
export interface Findings {
  readonly checked: { phases: number; artifacts: number; inputs: number; sources: number };
  readonly problems: VerificationProblem[];
  readonly unchecked: UncheckedItem[];
}

/** Notes a problem where `expected` and `found` differ. */
export function expectEqual({ problems }: Findings, { where, what, expected, found }: VerificationProblem): void {
  if (expected !== found) problems.push({ where, what, expected, found });
}
