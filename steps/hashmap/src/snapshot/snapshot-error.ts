import { StepError } from "@orchestrate/sdk";

const HINT = "Take an older snapshot, or replay the workload again.";

/** A snapshot whose bytes are not what was written. */
export function damaged(what: string): StepError {
  return new StepError({
    error: "snapshot-damaged",
    category: "invariant",
    detail: `The snapshot ${what}.`,
    hint: HINT,
  });
}

/** A snapshot that is what was written, and whose entries don't fit each other. */
export function unsound(faults: readonly string[]): StepError {
  const more = faults.length > 5 ? `; and ${faults.length - 5} more` : "";
  return new StepError({
    error: "snapshot-unsound",
    category: "invariant",
    detail: `The snapshot is not sound: ${faults.slice(0, 5).join("; ")}${more}.`,
    hint: "hashmap/repair keeps what can be kept.",
  });
}

/** A snapshot of a version that is not read. */
export function unreadableVersion(version: number): StepError {
  if (version === 1) {
    return new StepError({
      error: "snapshot-version",
      category: "invariant",
      detail:
        "The snapshot has version 1, that of adaptive-hashmap-studio; its payload is a pickle, which can run code.",
      hint: "Write its entries to a CSV of puts with the program that made it, and replay that.",
    });
  }
  return new StepError({
    error: "snapshot-version",
    category: "invariant",
    detail: `The snapshot has version ${version}; version 2 is read.`,
    hint: "Read it with the release that wrote it, or a later one.",
  });
}

/** A snapshot that would take more memory than is allowed. */
export function tooLarge(what: string, limit: number): StepError {
  return new StepError({
    error: "snapshot-too-large",
    category: "policy",
    detail: `The snapshot ${what}, more than ${limit}.`,
    hint: "Raise `maxBytes`, in a replay `maxSnapshotBytes`, if you trust where it comes from.",
  });
}
