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

/** How a phase ended as a whole, for those that wait for it: in a plan, what is pending will have ended well. */
export type PhaseEnd = "well" | "failed";

/** How a phase ended, by how its instances did: with `partial` it ends well if one did. */
export function phaseEnd(outcomes: readonly Outcome["type"][], { partial }: { readonly partial: boolean }): PhaseEnd {
  const failed = outcomes.filter((type) => type === "failed").length;
  return failed === 0 || (partial && failed < outcomes.length) ? "well" : "failed";
}
