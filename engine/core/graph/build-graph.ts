import type { Catalog, StepFacts } from "../catalog.ts";
import type { Phase, Pipeline } from "../pipeline/pipeline.ts";
import { type Issue, PipelineIssues } from "../pipeline/pipeline-issue.ts";
import { suggest } from "../suggest.ts";
import { checkWiring } from "./check-wiring.ts";
import { chooseServices } from "./choose-services.ts";
import type { Graph, GraphPhase, PhaseOutput } from "./graph.ts";
import { topologicalOrder } from "./topological-order.ts";

/**
 * Joins a pipeline with the contracts of its steps.
 *
 * @throws PipelineIssues naming every unknown phase, input and output, every kind that does not fit, every service that
 * can't be had, and one cycle with its path.
 */
export function buildGraph(pipeline: Pipeline, catalog: Catalog): Graph {
  const issues: Issue[] = [];
  const enabled = new Map([...pipeline.phases].filter(([, phase]) => phase.enabled));
  const outputs = new Map<string, Readonly<Record<string, PhaseOutput>>>();
  for (const [name, phase] of enabled) outputs.set(name, outputsOf(phase, catalog.steps.get(phase.step)!, issues));

  const phases = new Map<string, GraphPhase>();
  const dependencies = new Map<string, readonly string[]>();
  for (const [name, phase] of enabled) {
    const step = catalog.steps.get(phase.step)!;
    checkAfter(phase, pipeline, issues);
    const wired = checkWiring({ phase, step, pipeline, outputs }, issues);
    checkPublish(phase, outputs.get(name)!, issues);
    const needed = dependenciesOf(wired, enabled);
    const keyed = keyedOf(wired, enabled);
    dependencies.set(name, needed);
    phases.set(name, {
      phase: wired,
      step,
      outputs: outputs.get(name)!,
      services: chooseServices(phase, step, catalog, issues),
      resources: { ...step.contract.resources, ...phase.resources },
      dependencies: needed,
      dependents: [],
      keyed,
      whole: wholeOf(wired, needed, keyed),
    });
  }
  const sorted = topologicalOrder(dependencies);
  if ("cycle" in sorted) {
    const path = ["phases", sorted.cycle[0]!];
    issues.push({
      path,
      message: `phases depend on each other: ${sorted.cycle.join(" → ")}.`,
      hint: "Break the cycle.",
    });
  }
  if (issues.length > 0 || "cycle" in sorted) throw new PipelineIssues(issues);
  return { pipeline, phases: withDependents(sorted.order, phases) };
}

function outputsOf(phase: Phase, step: StepFacts, issues: Issue[]): Readonly<Record<string, PhaseOutput>> {
  const declared: Record<string, PhaseOutput> = {};
  for (const [name, { path, form, kind, mode }] of Object.entries(step.contract.outputs)) {
    declared[name] = { path: path ?? name, form, kind, mode };
  }
  for (const [name, output] of Object.entries(phase.outputs)) {
    const path = ["phases", phase.name, "outputs", name];
    if (!step.contract.open) {
      issues.push({ path, message: `the step ${phase.step} names its outputs itself.`, hint: "Remove `outputs`." });
    } else if (Object.hasOwn(declared, name)) {
      issues.push({
        path,
        message: `the step ${phase.step} has an output "${name}" of its own.`,
        hint: "Choose another name.",
      });
    } else {
      declared[name] = { ...output, mode: "required" };
    }
  }
  const seen = new Map<string, string>();
  for (const [name, { path }] of Object.entries(declared)) {
    const other = [...seen].find(
      ([taken]) => taken === path || taken.startsWith(`${path}/`) || path.startsWith(`${taken}/`),
    );
    if (other !== undefined) {
      issues.push({
        path: ["phases", phase.name, "outputs", name],
        message: `lies at "${path}", where "${other[1]}" lies.`,
        hint: "Give each output a place of its own.",
      });
    }
    seen.set(path, name);
  }
  return declared;
}

function checkAfter(phase: Phase, pipeline: Pipeline, issues: Issue[]): void {
  for (const [index, name] of phase.after.entries()) {
    if (pipeline.phases.has(name)) continue;
    issues.push({
      path: ["phases", phase.name, "after", index],
      message: `there is no phase "${name}".`,
      hint: suggest(name, pipeline.phases.keys()),
    });
  }
}

function checkPublish(phase: Phase, outputs: Readonly<Record<string, PhaseOutput>>, issues: Issue[]): void {
  if (phase.publish === null) return;
  const path = ["phases", phase.name, "publish"];
  if (phase.each !== null)
    issues.push({ path, message: "a fanned-out phase can't be published.", hint: "Gather it first." });
  if (Object.hasOwn(outputs, phase.publish.output)) return;
  const message = `${phase.step} has no output "${phase.publish.output}".`;
  issues.push({ path: [...path, "output"], message, hint: suggest(phase.publish.output, Object.keys(outputs)) });
}

function dependenciesOf(phase: Phase, enabled: ReadonlyMap<string, Phase>): readonly string[] {
  const names = new Set(phase.after.filter((name) => enabled.has(name)));
  for (const wiring of Object.values(phase.inputs)) if (wiring.from === "phase") names.add(wiring.phase);
  if (phase.each?.over === "artifact") names.add(phase.each.phase);
  return [...names].filter((name) => enabled.has(name));
}

function keyedOf(phase: Phase, enabled: ReadonlyMap<string, Phase>): readonly string[] {
  if (phase.each === null) return [];
  const fanned = Object.values(phase.inputs).flatMap((wiring) =>
    wiring.from === "phase" && wiring.gather === "one" && enabled.get(wiring.phase)?.each != null ? [wiring.phase] : [],
  );
  return [...new Set(fanned)];
}

function wholeOf(phase: Phase, dependencies: readonly string[], keyed: readonly string[]): readonly string[] {
  const gathered = Object.values(phase.inputs).flatMap((wiring) =>
    wiring.from === "phase" && wiring.gather === "all" ? [wiring.phase] : [],
  );
  const named = new Set([...phase.after, ...gathered]);
  return dependencies.filter((name) => named.has(name) || !keyed.includes(name));
}

function withDependents(
  order: readonly string[],
  phases: ReadonlyMap<string, GraphPhase>,
): ReadonlyMap<string, GraphPhase> {
  const dependents = new Map<string, string[]>(order.map((name) => [name, []]));
  for (const name of order)
    for (const dependency of phases.get(name)!.dependencies) dependents.get(dependency)!.push(name);
  return new Map(order.map((name) => [name, { ...phases.get(name)!, dependents: dependents.get(name)! }]));
}
