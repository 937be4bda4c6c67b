import type { ErrorEnvelope } from "@orchestrate/sdk";
import { type Instance, parseInstanceId } from "../core/graph/instance.ts";
import type { DecisionScope } from "../core/plan/decide.ts";
import { backoff } from "../core/schedule/backoff.ts";
import type { Capacity } from "../core/schedule/ready-queue.ts";
import { Schedule } from "../core/schedule/schedule.ts";
import { Claims } from "./claims.ts";
import { type CommittedManifests, CommittedPhases, type RecoveredPhase } from "./committed-phases.ts";
import { decideInstance } from "./decide-instance.ts";
import type { Failure } from "./failure.ts";
import { FreeCapacity, type Hold } from "./free-capacity.ts";
import type { PreparedPlan } from "./make-plan.ts";
import { type Performance, performInstance } from "./perform-instance.ts";
import { PhaseDirectories } from "./phase-directories.ts";
import { type PreparedFacts, prepareInstances } from "./prepare-instances.ts";
import { readList } from "./read-list.ts";
import { refuseLateDrift } from "./run-drift.ts";
import type { RunScope } from "./run-scope.ts";
import { toEnvelope } from "./to-envelope.ts";

/** How a run is driven. */
export interface DriveOptions {
  readonly plan: PreparedPlan;
  /** By phase, see `criticalPath`. */
  readonly priorities: ReadonlyMap<string, number>;
  readonly capacity: Capacity;
  readonly onFailure: "stop" | "keep-going";
  /** Instances that are committed already, by id, in a run that is resumed. */
  readonly recovered: ReadonlyMap<string, RecoveredPhase>;
  /** Aborts once the run is to stop: attempts are told, and what is committed stays. */
  readonly interrupt: AbortSignal;
}

/** How a run ended. */
export interface Drive {
  readonly outcome: "succeeded" | "failed" | "interrupted";
  readonly failures: readonly Failure[];
  readonly committed: CommittedManifests;
}

/** Drives a run to its end: admits what may start, performs it, and lets the schedule know. */
export function executeRun(scope: RunScope, options: DriveOptions): Promise<Drive> {
  return new RunLoop(scope, options).drive();
}

class RunLoop {
  readonly #scope: RunScope;
  readonly #options: DriveOptions;
  readonly #schedule: Schedule;
  readonly #decision: DecisionScope;
  readonly #committed: CommittedPhases;
  readonly #failures: Failure[] = [];
  readonly #tries = new Map<string, number>();
  readonly #claims: Claims;
  readonly #directories: PhaseDirectories;
  readonly #capacity: FreeCapacity;
  #running = 0;
  #wake: () => void = () => {};
  /** Aborts once the run has ended, so that no retry is slept for any longer. */
  readonly #over = new AbortController();

  constructor(scope: RunScope, options: DriveOptions) {
    const { graph, platform, previous, forced, reuse } = scope;
    this.#scope = scope;
    this.#options = options;
    this.#capacity = new FreeCapacity(options.capacity);
    this.#schedule = new Schedule(graph, scope.selected, options.priorities);
    this.#directories = new PhaseDirectories(scope, coming(options));
    this.#committed = new CommittedPhases(scope, this.#schedule);
    this.#decision = { graph, schedule: this.#schedule, platform, previous, forced, reuse };
    this.#claims = new Claims((instance, facts) =>
      decideInstance(this.#decision, instance, facts, scope.ports.records),
    );
  }

  async drive(): Promise<Drive> {
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      if (!this.#isStopping) {
        await this.#expandLists();
        // A list that can't be read is a failure, and others may have failed meanwhile.
        if (!this.#isStopping) this.#startAdmitted();
      }
      if (this.#running === 0 && (this.#schedule.isDone || this.#isStopping)) break;
      await woken;
    }
    this.#over.abort();
    this.#tellSkipped();
    return { outcome: this.#outcome(), failures: this.#failures, committed: this.#committed.manifests };
  }

  get #isStopping(): boolean {
    return this.#options.interrupt.aborted || (this.#failures.length > 0 && this.#options.onFailure === "stop");
  }

  #outcome(): Drive["outcome"] {
    if (this.#failures.length > 0) return "failed";
    return this.#schedule.isDone ? "succeeded" : "interrupted";
  }

  async #expandLists(): Promise<void> {
    for (const phase of this.#schedule.awaitingList) {
      try {
        const instances = this.#schedule.expand(phase, await readList(this.#scope, this.#schedule, phase));
        this.#scope.ports.journal.append({ type: "phase-expanded", phase, keys: instances.map(({ key }) => key!) });
      } catch (error) {
        this.#fail({ id: phase, phase, key: null, item: undefined }, toEnvelope(error));
        this.#schedule.failList(phase);
      }
    }
  }

  #startAdmitted(): void {
    for (const instance of this.#schedule.admit(this.#capacity.now)) {
      const hold = this.#capacity.hold(this.#scope.graph.phases.get(instance.phase)!.resources);
      this.#running += 1;
      void this.#perform(instance, hold)
        .catch((error: unknown) => this.#giveUp(instance, toEnvelope(error)))
        .then(() => {
          this.#running -= 1;
          hold.end();
          this.#wake();
        });
    }
  }

  async #perform(instance: Instance, hold: Hold): Promise<void> {
    const recovered = this.#options.recovered.get(instance.id);
    if (recovered !== undefined) {
      if (this.#options.plan.entries.get(instance.id)?.decision.type !== "reuse")
        refuseLateDrift(this.#decision, { instance, facts: await this.#factsOf(instance), recovered });
      return this.#committed.adopt(instance, recovered);
    }
    const facts = await this.#factsOf(instance);
    const mayStart = () => !this.#isStopping;
    const around = {
      scope: this.#scope,
      schedule: this.#schedule,
      directories: this.#directories,
      stats: this.#committed.stats,
      instance,
      facts,
      signal: this.#options.interrupt,
      mayStart,
      computed: () => {
        hold.computed();
        this.#wake();
      },
      beside: () => (this.#running > 1 ? ("others" as const) : ("nothing" as const)),
    };
    for (;;) {
      const claim = await this.#claims.claim(instance, facts, mayStart);
      // What waited for an equal instance starts no more than anything else.
      if (claim === undefined) return;
      const { decision, release } = claim;
      try {
        const performance = await performInstance(around, decision);
        if (performance.type !== "gone") return this.#settle(instance, performance);
      } finally {
        release();
      }
    }
  }

  async #factsOf(instance: Instance): Promise<PreparedFacts> {
    const known = this.#options.plan.facts.get(instance.id);
    if (known !== undefined) return known;
    const { graph, modules, ports } = this.#scope;
    const found = await prepareInstances(
      { graph, modules, inspector: ports.inspector, surroundings: ports.surroundings },
      [instance],
    );
    return found.get(instance.id)!;
  }

  #settle(instance: Instance, performance: Exclude<Performance, { type: "gone" }>): void {
    if (performance.type === "committed") this.#committed.add(instance, performance);
    else if (performance.type === "failed") this.#retryOrGiveUp(instance, performance);
  }

  #retryOrGiveUp(instance: Instance, { error, attempt }: Extract<Performance, { type: "failed" }>): void {
    const { retry } = this.#scope.graph.phases.get(instance.phase)!.phase;
    const failed = (this.#tries.get(instance.id) ?? 0) + 1;
    this.#tries.set(instance.id, failed);
    const mayRetry =
      (error.category === "failed" || error.category === "io") && failed < retry.attempts && !this.#isStopping;
    const delay = mayRetry ? backoff(retry, failed, this.#scope.ports.clock.random()) : null;
    const { phase, key } = instance;
    this.#scope.ports.journal.append({ type: "attempt-failed", phase, key, attempt, error, retry_in_ms: delay });
    if (delay === null) this.#giveUp(instance, error);
    else void this.#retryAfter(instance, delay);
  }

  async #retryAfter(instance: Instance, delay: number): Promise<void> {
    try {
      await this.#scope.ports.clock.sleep(delay, AbortSignal.any([this.#options.interrupt, this.#over.signal]));
      this.#schedule.putBack(instance);
    } catch {
      // The run is being interrupted, or has ended: the instance stays unfinished.
    }
    this.#wake();
  }

  #giveUp(instance: Instance, error: ErrorEnvelope): void {
    this.#fail(instance, error);
    this.#schedule.finished(instance, { type: "failed" });
  }

  #fail({ id, phase, key, item }: Omit<Failure, "error">, error: ErrorEnvelope): void {
    this.#failures.push({ id, phase, key, item, error });
    this.#scope.ports.journal.append({ type: "phase-failed", phase, key, item, error });
  }

  #tellSkipped(): void {
    for (const [id, { reason, by }] of this.#schedule.skipped) {
      this.#scope.ports.journal.append({ type: "phase-skipped", ...parseInstanceId(id), reason, by });
    }
  }
}

/** The instances that are known and not committed yet. */
function coming({ plan, recovered }: DriveOptions): readonly Instance[] {
  const known = [...plan.entries.values()].flatMap(({ instance }) => instance ?? []);
  return known.filter(({ id }) => !recovered.has(id));
}
