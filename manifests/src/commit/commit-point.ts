/**
 * The points that a commit reaches, in order; each is named for what is done when it is reached. A process may be
 * killed between any two of them.
 */
export const commitPoints = [
  "outputs-checked",
  "outputs-digested",
  "outputs-sealed",
  "manifest-prepared",
  "attempt-synced",
  "artifacts-renamed",
  "artifacts-synced",
  "manifest-renamed",
  "committed",
] as const;

export type CommitPoint = (typeof commitPoints)[number];

/** The same for the run's own manifest. */
export const runCommitPoints = [
  "run-manifest-prepared",
  "run-manifest-synced",
  "run-manifest-renamed",
  "run-committed",
] as const;

export type RunCommitPoint = (typeof runCommitPoints)[number];
