import { type CommittedPhase, type PhaseManifest, phaseDirectory, type StatEntry } from "@orchestrate/manifests";
import type { Instance } from "../core/graph/instance.ts";
import type { Schedule } from "../core/schedule/schedule.ts";
import type { ArtifactStats } from "./locate-inputs.ts";
import type { RunScope } from "./run-scope.ts";

/** A phase that a former engine committed. */
export interface RecoveredPhase {
  readonly manifest: PhaseManifest;
  readonly digest: string;
  readonly state: "committed" | "rolled-forward";
  /** By output. */
  readonly stats: Readonly<Record<string, readonly StatEntry[]>>;
}

/** What is committed in this run: kept for those who read it, told to schedule, records and journal. */
export class CommittedPhases {
  readonly #scope: RunScope;
  readonly #schedule: Schedule;
  readonly #stats = new Map<string, readonly StatEntry[]>();
  readonly #manifests = new Map<string, { readonly manifest: PhaseManifest; readonly digest: string }>();

  constructor(scope: RunScope, schedule: Schedule) {
    this.#scope = scope;
    this.#schedule = schedule;
  }

  /** What the artifacts' stats were when they were committed. */
  get stats(): ArtifactStats {
    return this.#stats;
  }

  get manifests(): ReadonlyMap<string, { readonly manifest: PhaseManifest; readonly digest: string }> {
    return this.#manifests;
  }

  /** Takes note of what was committed just now. */
  add(
    instance: Instance,
    { reason, phase }: { readonly reason: "computed" | "reused"; readonly phase: CommittedPhase },
  ): void {
    const { manifest, digest, outputs } = phase;
    const duration = reason === "computed" ? Date.parse(manifest.finished) - Date.parse(manifest.started) : 0;
    this.#scope.ports.records.committed(this.#directory(instance), phase, duration);
    this.#tell(instance, manifest, digest, reason, duration);
    this.#keep(instance, manifest, digest, outputs);
  }

  /** Takes over what a former engine committed. */
  adopt(instance: Instance, { manifest, digest, state, stats }: RecoveredPhase): void {
    this.#tell(instance, manifest, digest, state === "committed" ? "already-committed" : "rolled-forward", 0);
    this.#keep(instance, manifest, digest, stats);
  }

  #tell(
    instance: Instance,
    manifest: PhaseManifest,
    digest: string,
    reason: "computed" | "reused" | "rolled-forward" | "already-committed",
    duration: number,
  ): void {
    const { phase, key } = instance;
    this.#scope.ports.journal.append({
      type: "phase-committed",
      phase,
      key,
      attempt: manifest.attempt,
      manifest: digest,
      reason,
      duration_ms: duration,
      ...(reason === "reused" && manifest.reused !== null ? { from: manifest.reused.run } : {}),
    });
  }

  #keep(
    instance: Instance,
    manifest: PhaseManifest,
    digest: string,
    stats: Readonly<Record<string, readonly StatEntry[]>>,
  ): void {
    const directory = this.#directory(instance);
    for (const [name, entries] of Object.entries(stats))
      this.#stats.set(`${directory}/${manifest.outputs[name]!.path}`, entries);
    this.#manifests.set(instance.id, { manifest, digest });
    this.#schedule.finished(instance, {
      type: "committed",
      committed: { outputs: manifest.outputs, manifest: digest },
    });
  }

  #directory({ phase, key }: Instance): string {
    return phaseDirectory(this.#scope.directory, phase, key);
  }
}
