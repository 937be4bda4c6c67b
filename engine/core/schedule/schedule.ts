import { expandPhase } from "../graph/expand-phase.ts";
import type { Graph } from "../graph/graph.ts";
import { type Instance, instanceId } from "../graph/instance.ts";
import type { Json } from "../pipeline/pipeline.ts";
import { unreachable } from "../unreachable.ts";
import type { Consequence } from "./consequence.ts";
import { type Committed, type Outcome, type PhaseEnd, phaseEnd, type Skip } from "./outcome.ts";
import type { PhaseState } from "./phase-state.ts";
import { type Capacity, ReadyQueue } from "./ready-queue.ts";

export type { Capacity };

/**
 * The state of a run as a pure machine: what may start, given what has ended. It starts nothing itself. Instances
 * become ready when every phase they depend on has ended well; a fan-out of the same `each` goes on key by key.
 */
export class Schedule {
  readonly #graph: Graph;
  readonly #priorities: ReadonlyMap<string, number>;
  readonly #phases = new Map<string, PhaseState>();
  readonly #outcomes = new Map<string, Outcome>();
  readonly #ready = new ReadyQueue<Instance>();
  readonly #skipped = new Map<string, Skip>();
  readonly #awaitingList = new Set<string>();
  /** By instance: how many dependencies matched by key have yet to end well. */
  readonly #held = new Map<string, { readonly instance: Instance; left: number }>();
  readonly #due: Consequence[] = [];
  #left: number;

  /**
   * @param selected with every ancestor of its phases.
   * @param priorities by phase, see `criticalPath`.
   * @throws PipelineIssues where a list that stands in the pipeline can't be expanded.
   */
  constructor(graph: Graph, selected: ReadonlySet<string>, priorities: ReadonlyMap<string, number>) {
    this.#graph = graph;
    this.#priorities = priorities;
    for (const [name, { dependencies }] of graph.phases) {
      if (!selected.has(name)) continue;
      this.#phases.set(name, { open: dependencies.length, instances: undefined, left: 0 });
      if (dependencies.length === 0) this.#due.push({ type: "open", phase: name });
    }
    this.#left = this.#phases.size;
    this.#follow();
  }

  /** Whether every selected phase has ended or is blocked. */
  get isDone(): boolean {
    return this.#left === 0;
  }

  /**
   * Phases that wait for the list they are fanned out over to be read: `expand`, `leavePending` or `failList` is due.
   * The set is alive: who goes through it meanwhile comes to the phases that one of these calls adds.
   */
  get awaitingList(): ReadonlySet<string> {
    return this.#awaitingList;
  }

  /** Instances that will not run, by id, or by phase where the instances are not known. */
  get skipped(): ReadonlyMap<string, Skip> {
    return this.#skipped;
  }

  /** The next instance to look at, whatever it takes; undefined where nothing is ready. */
  next(): Instance | undefined {
    return this.#ready.take();
  }

  /** The instances to start now: by priority; one that does not fit holds back what would use the same resource. */
  admit(free: Capacity): readonly Instance[] {
    return this.#ready.admit(free);
  }

  /**
   * Gives the list that a phase is fanned out over. @throws PipelineIssues where it can't be; nothing has changed then.
   */
  expand(phase: string, items: readonly Json[]): readonly Instance[] {
    const instances = expandPhase(this.#graph, this.#graph.phases.get(phase)!, items);
    this.#awaitingList.delete(phase);
    this.#instantiate(phase, instances);
    this.#follow();
    return instances;
  }

  /** Says that the list of a phase can't be known yet, in a plan: the phase counts as pending as a whole. */
  leavePending(phase: string): void {
    this.#due.push({ type: "close", phase, end: "well" });
    this.#follow();
  }

  /** Says that the list of a phase can't be read or expanded: the phase has failed as a whole. */
  failList(phase: string): void {
    this.#due.push({ type: "close", phase, end: "failed" });
    this.#follow();
  }

  /** Takes note of how an instance ended. */
  finished(instance: Instance, outcome: Outcome): void {
    this.#end(instance, outcome);
    this.#follow();
  }

  /** Puts an instance back, to be admitted later. */
  putBack(instance: Instance): void {
    const { resources } = this.#graph.phases.get(instance.phase)!;
    this.#ready.push(instance, resources, this.#priorities.get(instance.phase) ?? 0);
  }

  /** What an instance made; undefined while it is not committed. */
  committed(id: string): Committed | undefined {
    const outcome = this.#outcomes.get(id);
    return outcome?.type === "committed" ? outcome.committed : undefined;
  }

  /** How it ended, if it has. */
  outcome(id: string): Outcome | undefined {
    return this.#outcomes.get(id);
  }

  /** The instances of a phase in the list's order, as far as they are known. */
  instances(phase: string): readonly Instance[] | undefined {
    return this.#phases.get(phase)?.instances;
  }

  #follow(): void {
    for (const consequence of this.#due) {
      switch (consequence.type) {
        case "open":
          this.#open(consequence.phase);
          break;
        case "instance-ended":
          this.#instanceEnded(consequence.instance, consequence.outcome);
          break;
        case "close":
          this.#close(consequence.phase, consequence.end);
          break;
        case "block":
          this.#block(consequence.phase, consequence.by);
          break;
        default:
          unreachable(consequence);
      }
    }
    this.#due.length = 0;
  }

  #open(name: string): void {
    const vertex = this.#graph.phases.get(name)!;
    if (vertex.phase.each?.over === "artifact") this.#awaitingList.add(name);
    else this.#instantiate(name, expandPhase(this.#graph, vertex));
  }

  #instantiate(name: string, instances: readonly Instance[]): void {
    const state = this.#phases.get(name)!;
    state.instances = instances;
    state.left = instances.length;
    for (const dependent of this.#dependents(name)) {
      if (this.#isOnlyKeyed(dependent, name)) this.#countDown(dependent);
    }
    if (instances.length === 0) this.#due.push({ type: "close", phase: name, end: "well" });
    for (const instance of instances) this.#admitOrHold(instance);
  }

  /** Holds an instance until its namesakes in the phases matched by key have ended well. */
  #admitOrHold(instance: Instance): void {
    let left = 0;
    for (const dependency of this.#graph.phases.get(instance.phase)!.keyed) {
      const namesake = instanceId(dependency, instance.key);
      const before = this.#outcomes.get(namesake);
      if (before?.type === "failed") {
        this.#blockInstance(instance, namesake);
        return;
      }
      if (before === undefined) left += 1;
    }
    if (left === 0) this.putBack(instance);
    else this.#held.set(instance.id, { instance, left });
  }

  #blockInstance(instance: Instance, by: string): void {
    this.#skipped.set(instance.id, { reason: "blocked", by });
    this.#end(instance, { type: "failed" });
  }

  #end(instance: Instance, outcome: Outcome): void {
    this.#outcomes.set(instance.id, outcome);
    this.#due.push({ type: "instance-ended", instance, outcome });
  }

  /** Lets go on, or blocks, what waits for this very instance; closes the phase with its last one. */
  #instanceEnded(instance: Instance, outcome: Outcome): void {
    for (const dependent of this.#dependents(instance.phase)) {
      const held = this.#held.get(instanceId(dependent, instance.key));
      if (held === undefined) continue;
      if (outcome.type !== "failed" && --held.left > 0) continue;
      this.#held.delete(held.instance.id);
      if (outcome.type === "failed") this.#blockInstance(held.instance, instance.id);
      else this.putBack(held.instance);
    }
    const state = this.#phases.get(instance.phase)!;
    state.left -= 1;
    if (state.left > 0) return;
    const outcomes = state.instances!.map(({ id }) => this.#outcomes.get(id)!.type);
    const { partial } = this.#graph.phases.get(instance.phase)!.phase;
    this.#due.push({ type: "close", phase: instance.phase, end: phaseEnd(outcomes, { partial }) });
  }

  #close(name: string, end: PhaseEnd): void {
    const { instances } = this.#phases.get(name)!;
    this.#awaitingList.delete(name);
    this.#left -= 1;
    for (const dependent of this.#dependents(name)) {
      // Those that are only keyed went on, or were blocked, with each instance.
      if (instances !== undefined && this.#isOnlyKeyed(dependent, name)) continue;
      if (end === "failed") this.#due.push({ type: "block", phase: dependent, by: name });
      else this.#countDown(dependent);
    }
  }

  #block(name: string, by: string): void {
    if (this.#skipped.has(name)) return;
    this.#skipped.set(name, { reason: "blocked", by });
    this.#left -= 1;
    for (const dependent of this.#dependents(name)) this.#due.push({ type: "block", phase: dependent, by: name });
  }

  #countDown(name: string): void {
    if (--this.#phases.get(name)!.open === 0) this.#due.push({ type: "open", phase: name });
  }

  #dependents(name: string): readonly string[] {
    return this.#graph.phases.get(name)!.dependents.filter((each) => this.#phases.has(each));
  }

  /** Whether a phase waits for another instance by instance, and not for the whole of it as well. */
  #isOnlyKeyed(name: string, dependency: string): boolean {
    const { keyed, whole } = this.#graph.phases.get(name)!;
    return keyed.includes(dependency) && !whole.includes(dependency);
  }
}
