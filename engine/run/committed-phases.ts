import {
  type CommittedPhase,
  type JournalEvent,
  type PhaseManifest,
  phaseDirectory,
  type StatEntry,
} from "@orchestrate/manifests";
import { elapsed } from "../core/elapsed.ts";
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

/** What is committed of a run, by instance, with the digest of the manifest file. */
export type CommittedManifests = ReadonlyMap<string, { readonly manifest: PhaseManifest; readonly digest: string }>;

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

  get manifests(): CommittedManifests {
    return this.#manifests;
  }

  /** Takes note of what was committed just now. */
  add(
    instance: Instance,
    { reason, phase }: { readonly reason: "computed" | "reused"; readonly phase: CommittedPhase },
  ): void {
    const { manifest, digest, outputs, extras } = phase;
    const duration = reason === "computed" ? elapsed(manifest.started, manifest.finished) : 0;
    this.#scope.ports.records.committed(this.#directory(instance), phase, duration);
    this.#tell(instance, manifest, digest, { reason, duration, ...undeclared(extras) });
    this.#keep(instance, manifest, digest, outputs);
  }

  /** Takes over what a former engine committed. */
  adopt(instance: Instance, { manifest, digest, state, stats }: RecoveredPhase): void {
    const reason = state === "committed" ? "already-committed" : "rolled-forward";
    this.#tell(instance, manifest, digest, { reason, duration: 0 });
    this.#keep(instance, manifest, digest, stats);
  }

  #tell(instance: Instance, manifest: PhaseManifest, digest: string, { reason, duration, ...beside }: Told): void {
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
      ...beside,
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

/** What is said of a phase that was committed, besides its manifest. */
interface Told {
  readonly reason: Committed["reason"];
  readonly duration: number;
  readonly undeclared?: NonNullable<Committed["undeclared"]>;
}

type Committed = Extract<JournalEvent, { readonly type: "phase-committed" }>;

/** How many names of what was deleted are told. */
const NAMED = 20;

function undeclared(extras: readonly string[]): Pick<Told, "undeclared"> {
  return extras.length === 0 ? {} : { undeclared: { count: extras.length, names: extras.slice(0, NAMED) } };
}
