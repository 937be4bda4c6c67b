import { expandPhase } from "../graph/expand-phase.ts";
import type { Graph } from "../graph/graph.ts";
import { type Instance, instanceId } from "../graph/instance.ts";
import type { Json } from "../pipeline/pipeline.ts";
import type { Committed, Outcome, Skip } from "./outcome.ts";
import { PriorityQueue } from "./priority-queue.ts";

/** What is free for attempts. */
export interface Capacity {
  readonly slots: number;
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  readonly gpu: number;
}

interface PhaseState {
  /** Dependencies that have not ended well as a whole, and those matched by key whose instances are not known yet. */
  open: number;
  instances: readonly Instance[] | undefined;
  /** Instances that have yet to end. */
  left: number;
  outcome: "waiting" | "open" | "done" | "pending" | "failed";
}

/**
 * The state of a run as a pure machine: what may start, given what has ended. It starts nothing itself. Instances
 * become ready when every phase they depend on has ended well; a fan-out of the same `each` goes on key by key.
 */
export class Schedule {
  readonly #graph: Graph;
  readonly #priorities: ReadonlyMap<string, number>;
  readonly #phases = new Map<string, PhaseState>();
  readonly #outcomes = new Map<string, Outcome>();
  readonly #ready = new PriorityQueue<Instance>();
  readonly #skipped = new Map<string, Skip>();
  readonly #awaitingList: string[] = [];
  /** By instance: how many dependencies matched by key have yet to end well. */
  readonly #waiting = new Map<string, { readonly instance: Instance; left: number }>();
  #left = 0;

  constructor(graph: Graph, selected: ReadonlySet<string>, priorities: ReadonlyMap<string, number>) {
    this.#graph = graph;
    this.#priorities = priorities;
    for (const [name, { dependencies }] of graph.phases) {
      if (!selected.has(name)) continue;
      this.#phases.set(name, { open: dependencies.length, instances: undefined, left: 0, outcome: "waiting" });
    }
    this.#left = this.#phases.size;
    for (const [name, state] of this.#phases) if (state.open === 0) this.#open(name, state);
  }

  /** Whether every selected phase has ended or is blocked. */
  get isDone(): boolean {
    return this.#left === 0;
  }

  /** Phases that wait for the list they are fanned out over to be read. */
  get awaitingList(): readonly string[] {
    return this.#awaitingList;
  }

  /** Instances that will not run, by id, or by phase where the instances are not known. */
  get skipped(): ReadonlyMap<string, Skip> {
    return this.#skipped;
  }

  /** The next instance to look at, whatever it takes; undefined where nothing is ready. */
  next(): Instance | undefined {
    return this.#ready.pop();
  }

  /** The instances to start now: by priority; one that does not fit holds back what would use the same resource. */
  admit(free: Capacity): readonly Instance[] {
    const admitted: Instance[] = [];
    const held: Instance[] = [];
    let { slots, cpu, memory, gpu } = free;
    const short = { cpu: false, memory: false, gpu: false };
    while (slots > 0 && !short.cpu && this.#ready.size > 0) {
      const instance = this.#ready.pop()!;
      const wanted = this.#graph.phases.get(instance.phase)!.resources;
      const fits =
        wanted.cpu <= cpu &&
        wanted.memory <= memory &&
        !(short.memory && wanted.memory > 0) &&
        wanted.gpu <= gpu &&
        !(short.gpu && wanted.gpu > 0);
      if (!fits) {
        held.push(instance);
        short.cpu ||= wanted.cpu > cpu;
        short.memory ||= wanted.memory > memory;
        short.gpu ||= wanted.gpu > gpu;
        continue;
      }
      admitted.push(instance);
      slots -= 1;
      cpu -= wanted.cpu;
      memory -= wanted.memory;
      gpu -= wanted.gpu;
    }
    for (const instance of held) this.#push(instance);
    return admitted;
  }

  /** Gives the list that a phase is fanned out over. */
  expand(phase: string, items: readonly Json[]): readonly Instance[] {
    const at = this.#awaitingList.indexOf(phase);
    if (at >= 0) this.#awaitingList.splice(at, 1);
    return this.#instantiate(phase, this.#phases.get(phase)!, items);
  }

  /** Says that the list of a phase can't be known yet, in a plan: the phase counts as pending as a whole. */
  leavePending(phase: string): void {
    const at = this.#awaitingList.indexOf(phase);
    if (at >= 0) this.#awaitingList.splice(at, 1);
    this.#close(phase, this.#phases.get(phase)!, "pending");
  }

  /** Takes note of how an instance ended. */
  finished(instance: Instance, outcome: Outcome): void {
    this.#outcomes.set(instance.id, outcome);
    if (instance.key !== null) this.#release(instance, outcome);
    const state = this.#phases.get(instance.phase)!;
    state.left -= 1;
    if (state.left === 0) this.#settle(instance.phase, state);
  }

  /** Puts an instance back, to be admitted later. */
  putBack(instance: Instance): void {
    this.#push(instance);
  }

  /** What an instance made; undefined while it is not committed. */
  committed(id: string): Committed | undefined {
    const outcome = this.#outcomes.get(id);
    return outcome?.type === "committed" ? outcome.committed : undefined;
  }

  /** How an instance ended, if it has. */
  outcome(id: string): Outcome | undefined {
    return this.#outcomes.get(id);
  }

  /** The instances of a phase in the list's order, as far as they are known. */
  instances(phase: string): readonly Instance[] | undefined {
    return this.#phases.get(phase)?.instances;
  }

  #open(name: string, state: PhaseState): void {
    state.outcome = "open";
    if (this.#graph.phases.get(name)!.phase.each?.over === "artifact") this.#awaitingList.push(name);
    else this.#instantiate(name, state, undefined);
  }

  #instantiate(name: string, state: PhaseState, items: readonly Json[] | undefined): readonly Instance[] {
    const instances = expandPhase(this.#graph, this.#graph.phases.get(name)!, items);
    state.instances = instances;
    state.left = instances.length;
    for (const dependent of this.#keyedDependents(name)) this.#countDown(dependent);
    if (instances.length === 0) this.#settle(name, state);
    for (const instance of instances) this.#admitOrHold(instance);
    return instances;
  }

  /** Holds an instance until its namesakes in the phases matched by key have ended well. */
  #admitOrHold(instance: Instance): void {
    let left = 0;
    for (const dependency of this.#graph.phases.get(instance.phase)!.keyed) {
      const before = this.#outcomes.get(instanceId(dependency, instance.key));
      if (before === undefined) left += 1;
      else if (before.type === "failed") return this.#blockInstance(instance, instanceId(dependency, instance.key));
    }
    if (left === 0) this.#push(instance);
    else this.#waiting.set(instance.id, { instance, left });
  }

  /** Lets go on, or blocks, what waits for this very instance. */
  #release(instance: Instance, outcome: Outcome): void {
    for (const dependent of this.#keyedDependents(instance.phase)) {
      const held = this.#waiting.get(instanceId(dependent, instance.key));
      if (held === undefined) continue;
      if (outcome.type !== "failed" && --held.left > 0) continue;
      this.#waiting.delete(held.instance.id);
      if (outcome.type === "failed") this.#blockInstance(held.instance, instance.id);
      else this.#push(held.instance);
    }
  }

  #blockInstance(instance: Instance, by: string): void {
    this.#skipped.set(instance.id, { reason: "blocked", by });
    this.finished(instance, { type: "failed" });
  }

  #keyedDependents(name: string): readonly string[] {
    return this.#graph.phases
      .get(name)!
      .dependents.filter(
        (dependent) => this.#phases.has(dependent) && this.#graph.phases.get(dependent)!.keyed.includes(name),
      );
  }

  #countDown(dependent: string): void {
    const waiting = this.#phases.get(dependent)!;
    waiting.open -= 1;
    if (waiting.open === 0 && waiting.outcome === "waiting") this.#open(dependent, waiting);
  }

  #push(instance: Instance): void {
    this.#ready.push(instance, this.#priorities.get(instance.phase) ?? 0);
  }

  #settle(name: string, state: PhaseState): void {
    const outcomes = (state.instances ?? []).map(({ id }) => this.#outcomes.get(id)!.type);
    const { partial } = this.#graph.phases.get(name)!.phase;
    const succeeded = outcomes.filter((type) => type !== "failed").length;
    if (outcomes.includes("failed") && !(partial && succeeded > 0)) this.#close(name, state, "failed");
    else this.#close(name, state, outcomes.includes("pending") ? "pending" : "done");
  }

  #close(name: string, state: PhaseState, outcome: "done" | "pending" | "failed"): void {
    state.outcome = outcome;
    this.#left -= 1;
    for (const dependent of this.#graph.phases.get(name)!.dependents) {
      const waiting = this.#phases.get(dependent);
      if (waiting === undefined) continue;
      const isKeyed = this.#graph.phases.get(dependent)!.keyed.includes(name);
      if (isKeyed && state.instances === undefined) {
        if (outcome === "pending") this.#leaveUnknown(dependent, waiting);
        else this.#block(dependent, waiting, name);
      } else if (!isKeyed && outcome === "failed") this.#block(dependent, waiting, name);
      else if (!isKeyed) this.#countDown(dependent);
    }
  }

  /** In a plan: the instances of a dependency are not known, so neither are those of a phase matched with it by key. */
  #leaveUnknown(name: string, state: PhaseState): void {
    if (state.outcome === "waiting" || this.#awaitingList.includes(name)) this.leavePending(name);
  }

  #block(name: string, state: PhaseState, by: string): void {
    if (state.outcome !== "waiting") return;
    state.outcome = "failed";
    this.#skipped.set(name, { reason: "blocked", by });
    this.#left -= 1;
    for (const dependent of this.#graph.phases.get(name)!.dependents) {
      const waiting = this.#phases.get(dependent);
      if (waiting !== undefined) this.#block(dependent, waiting, name);
    }
  }
}
