import { type ErrorRecord, listPhases, type PhaseManifest, type RunDocument } from "@orchestrate/manifests";
import { instanceId, parseInstanceId } from "../../core/graph/instance.ts";
import { unreachable } from "../../core/unreachable.ts";
import { expectedPhases } from "./expected-phases.ts";
import { type InstanceStatus, instanceStatuses } from "./instance-status.ts";
import { manifestIn } from "./manifest-in.ts";
import { readJournal } from "./read-journal.ts";
import type { RunOutcome } from "./run-outcome.ts";

/** A phase instance of a run, committed or not. */
export interface PhaseRecord {
  /** `phase`, or `phase[key]`. */
  readonly id: string;
  readonly phase: string;
  readonly key: string | null;
  readonly state:
    | { readonly is: "committed"; readonly directory: string; readonly manifest: PhaseManifest }
    | { readonly is: "failed"; readonly error: ErrorRecord; readonly item: unknown }
    | { readonly is: "skipped"; readonly by: string | null }
    | { readonly is: "running" | "interrupted" | "not run" };
}

/**
 * All phase instances of a run in the pipeline's order: those that are committed by their manifests, the others by what
 * the journal says. A phase whose instances are not known yet is one record.
 *
 * @throws ManifestError for a manifest that can't be read.
 */
export function readPhases(directory: string, document: RunDocument, outcome: RunOutcome): readonly PhaseRecord[] {
  const records = new Map<string, PhaseRecord>();
  for (const { phase, key, directory: place } of listPhases(directory)) {
    const manifest = manifestIn(place);
    if (manifest === undefined) continue;
    const id = instanceId(phase, key);
    records.set(id, { id, phase, key, state: { is: "committed", directory: place, manifest } });
  }
  for (const [id, status] of outcome === "succeeded" ? [] : instanceStatuses(readJournal(directory))) {
    if (!records.has(id)) records.set(id, { id, ...parseInstanceId(id), state: stateOf(status, outcome) });
  }
  const names = expectedPhases(document).map(({ name }) => name);
  const seen = new Set([...records.values()].map(({ phase }) => phase));
  for (const phase of names)
    if (!seen.has(phase)) records.set(phase, { id: phase, phase, key: null, state: { is: "not run" } });
  const order = new Map(names.map((name, index) => [name, index]));
  const rank = ({ phase }: PhaseRecord) => order.get(phase) ?? order.size;
  return [...records.values()].sort((a, b) => rank(a) - rank(b));
}

function stateOf(status: InstanceStatus, outcome: RunOutcome): PhaseRecord["state"] {
  switch (status.status) {
    case "begun":
      return { is: outcome === "running" ? "running" : "interrupted" };
    case "failed":
      return { is: "failed", error: status.error, item: status.item };
    case "skipped":
      return { is: "skipped", by: status.by };
    default:
      return unreachable(status);
  }
}
