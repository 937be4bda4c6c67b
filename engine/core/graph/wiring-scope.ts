import type { ArtifactContract } from "@orchestrate/sdk";
import type { StepFacts } from "../catalog.ts";
import type { Phase, Pipeline, Wiring } from "../pipeline/pipeline.ts";
import type { PhaseOutput } from "./graph.ts";

/** What the check of one phase's wiring looks at. */
export interface WiringScope {
  readonly phase: Phase;
  readonly step: StepFacts;
  readonly pipeline: Pipeline;
  readonly outputs: ReadonlyMap<string, Readonly<Record<string, PhaseOutput>>>;
}

/** One input: how it is wired, and how the step declares it, if it does. */
export interface Input {
  readonly name: string;
  readonly wiring: Wiring;
  readonly declared: ArtifactContract | undefined;
}
