import type { ArtifactForm, ArtifactMode } from "@orchestrate/sdk";
import type { ServiceFacts, StepFacts } from "../catalog.ts";
import type { Json, Phase, Pipeline } from "../pipeline/pipeline.ts";

/** What a phase makes, declared by its step or, where that is open, by the pipeline. */
export interface PhaseOutput {
  readonly path: string;
  readonly form: ArtifactForm;
  readonly kind: string;
  readonly mode: ArtifactMode;
}

/** A service as chosen for a phase. */
export interface ChosenService {
  readonly facts: ServiceFacts;
  readonly options: Json;
}

/** A phase in its place: what it needs, and what needs it. */
export interface GraphPhase {
  readonly phase: Phase;
  readonly step: StepFacts;
  readonly outputs: Readonly<Record<string, PhaseOutput>>;
  /** By token. Services of the engine itself are not among them. */
  readonly services: ReadonlyMap<string, ChosenService>;
  /** What one attempt takes. */
  readonly resources: { readonly cpu: number; readonly memory: number; readonly gpu: number };
  /** Phases that must be committed before, each once. */
  readonly dependencies: readonly string[];
  readonly dependents: readonly string[];
  /** Those of the dependencies that have the same `each` and are wired one to one, instance by instance. */
  readonly keyed: readonly string[];
  /** Those of the dependencies that all instances wait for as a whole: all but the ones that are only keyed. */
  readonly whole: readonly string[];
}

/** The enabled phases of a pipeline, checked against the contracts of their steps, in a topological order. */
export interface Graph {
  readonly pipeline: Pipeline;
  readonly phases: ReadonlyMap<string, GraphPhase>;
}

/** The named phases and all that they depend on. */
export function withAncestors(graph: Graph, names: Iterable<string>): ReadonlySet<string> {
  return reachable(names, (name) => graph.phases.get(name)!.dependencies);
}

/** The named phases and all that depends on them. */
export function withDescendants(graph: Graph, names: Iterable<string>): ReadonlySet<string> {
  return reachable(names, (name) => graph.phases.get(name)!.dependents);
}

function reachable(names: Iterable<string>, next: (name: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...names];
  while (waiting.length > 0) {
    const name = waiting.pop()!;
    if (found.has(name)) continue;
    found.add(name);
    waiting.push(...next(name));
  }
  return found;
}
