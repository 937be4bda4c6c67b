import type { Digest, OutputRecord } from "@orchestrate/manifests";

/** What a committed instance offers to others. */
export interface Committed {
  readonly outputs: Readonly<Record<string, OutputRecord>>;
  /** The digest of its manifest file in this run. */
  readonly manifest: Digest;
}

/** How an instance ended, as the schedule sees it. `pending` stands in a plan for what has yet to run. */
export type Outcome =
  | { readonly type: "committed"; readonly committed: Committed }
  | { readonly type: "pending" }
  | { readonly type: "failed" };

/** Why an instance will not run. */
export type Skip = { readonly reason: "blocked"; readonly by: string };

/** How a phase ended, by how its instances did: with `partial` it ends well if one did. */
export function summarize(
  outcomes: readonly Outcome["type"][],
  { partial }: { readonly partial: boolean },
): Outcome["type"] {
  const canGoOn = partial && outcomes.some((type) => type !== "failed");
  if (outcomes.includes("failed") && !canGoOn) return "failed";
  return outcomes.includes("pending") ? "pending" : "committed";
}
