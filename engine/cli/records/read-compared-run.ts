import { readRunDocument } from "@orchestrate/manifests";
import type { ComparedRun } from "./compare-runs.ts";
import { readPhases } from "./read-phases.ts";

/** Reads a run as it is compared. @throws ManifestError for a record that can't be read. */
export function readComparedRun(directory: string): ComparedRun {
  const { document } = readRunDocument(`${directory}/run.json`);
  const records = readPhases(directory, document, "succeeded");
  const phases = records.flatMap(({ id, state }) => (state.is === "committed" ? [[id, state.manifest] as const] : []));
  return { document, phases: new Map(phases) };
}
