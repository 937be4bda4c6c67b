import {
  listPhases,
  type OutputRecord,
  phaseDirectory,
  recoverPhase,
  type StatEntry,
  statRecord,
  statTree,
} from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import { instanceId } from "../core/graph/instance.ts";
import type { Candidate } from "../core/plan/candidate.ts";
import type { RecoveredPhase } from "./committed-phases.ts";
import type { PreparedPlan } from "./make-plan.ts";

/** Brings every phase directory of a run into order, and gives what is committed, by instance. */
export async function recoverRun(runDirectory: string): Promise<ReadonlyMap<string, RecoveredPhase>> {
  const recovered = new Map<string, RecoveredPhase>();
  for (const { phase, key, directory } of listPhases(runDirectory)) {
    const recovery = await recoverPhase(directory);
    if (recovery.state !== "committed" && recovery.state !== "rolled-forward") continue;
    const { manifest, digest, state } = recovery;
    const stats = Object.fromEntries(
      Object.entries(manifest.outputs).map(([name, output]) => [name, statsOf(`${directory}/${output.path}`, output)]),
    );
    recovered.set(instanceId(phase, key), { manifest, digest, state, stats });
  }
  return recovered;
}

function statsOf(path: string, { form }: OutputRecord): readonly StatEntry[] {
  return form === "directory" ? statTree(path) : [{ path: ".", ...statRecord(path) }];
}

/** What is recovered, as something that can be reused. */
export function asCandidates(
  recovered: ReadonlyMap<string, RecoveredPhase>,
  runDirectory: string,
): ReadonlyMap<string, Candidate> {
  return new Map(
    [...recovered].map(([id, { manifest, digest }]) => {
      const { run, phase, key, fingerprint, outputs } = manifest;
      const directory = phaseDirectory(runDirectory, phase, key);
      return [id, { run, phase, key, directory, fingerprint: fingerprint.digest, manifest: digest, outputs }];
    }),
  );
}

/**
 * Checks that what a run has committed is what it would still be made of.
 *
 * @throws OrchestrateError `run-drifted` (policy) naming every phase whose code or inputs changed.
 */
export function refuseDrift(recovered: ReadonlyMap<string, RecoveredPhase>, plan: PreparedPlan): void {
  const drifted: string[] = [];
  for (const [id, { manifest }] of recovered) {
    const decision = plan.entries.get(id)?.decision;
    if (decision === undefined || decision.type === "pending") continue;
    if (decision.fingerprint.digest === manifest.fingerprint.digest) continue;
    const before = manifest.fingerprint.parts;
    const now = decision.fingerprint.parts;
    const parts = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(
      (part) => before[part] !== now[part],
    );
    drifted.push(`${id} (${parts.join(", ")})`);
  }
  if (drifted.length === 0) return;
  throw new OrchestrateError({
    error: "run-drifted",
    category: "policy",
    detail: `What these committed phases were made of has changed since: ${drifted.join("; ")}.`,
    hint: "Start a new run with orchestrate run, which reuses what still fits.",
  });
}
