import { StepError } from "@orchestrate/sdk";
import type { TableSchema } from "../table/table-schema.ts";
import type { Drift, DriftPolicy } from "./drift.ts";

/** @throws StepError `schema-drift` or `schema-snapshot-missing` (policy) */
export function refuseDrift(snapshot: TableSchema | undefined, drifts: readonly Drift[], policy: DriftPolicy): void {
  if (snapshot === undefined && policy.requireSnapshot) {
    throw new StepError({
      error: "schema-snapshot-missing",
      category: "policy",
      detail: "The drift policy requires a schema snapshot, and there is none to compare the source with.",
      hint: "Wire the input snapshot, to the schema of an ingest/harvest for example, or set drift.requireSnapshot to false.",
    });
  }
  const refused = drifts.filter(({ kind }) => isRefused(kind, policy));
  if (refused.length === 0) return;
  throw new StepError({
    error: "schema-drift",
    category: "policy",
    detail: `The source has changed in a way that the drift policy refuses: ${refused.map(driftWords).join("; ")}.`,
    hint: "Look at the source. To accept it, set the switch of drift to allow.",
  });
}

export function driftWords({ kind, column, expected, observed }: Drift): string {
  switch (kind) {
    case "new":
      return `column ${column} (${observed}) is new`;
    case "missing":
      return `column ${column} (${expected}) is missing`;
    case "mismatch":
      return `column ${column} was ${expected} and is ${observed}`;
    case "narrowing":
      return `column ${column} was ${expected} and is only ${observed}`;
    case "widening":
      return `column ${column} was ${expected} and is now ${observed}`;
    case "nullability":
      return `column ${column} was never null and can be now`;
    default:
      return kind satisfies never;
  }
}

function isRefused(kind: Drift["kind"], policy: DriftPolicy): boolean {
  switch (kind) {
    case "new":
      return policy.newColumns === "refuse";
    case "missing":
      return policy.missingColumns === "refuse";
    case "mismatch":
      return policy.typeMismatches === "refuse";
    case "narrowing":
      return policy.narrowing === "refuse";
    case "nullability":
      return policy.nullability === "refuse";
    case "widening":
      return false;
    default:
      return kind satisfies never;
  }
}
