import type { Catalog, StepFacts } from "../catalog.ts";
import type { Phase, Pipeline } from "../pipeline/pipeline.ts";
import { type Issue, PipelineIssues } from "../pipeline/pipeline-issue.ts";
import { suggest } from "../suggest.ts";
import { checkServiceNames } from "./check-service-names.ts";
import { checkTemplates } from "./check-templates.ts";
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
  if (enabled.size === 0) issues.push({ path: ["phases"], message: "no phase is enabled.", hint: "Enable one." });
  const outputs = allOutputs(enabled, catalog, issues);

  const phases = new Map<string, GraphPhase>();
  const dependencies = new Map<string, readonly string[]>();
  const dependents = new Map<string, string[]>();
  for (const name of enabled.keys()) dependents.set(name, []);
  checkServiceNames(pipeline, enabled, catalog, issues);
  for (const [name, phase] of enabled) {
    const step = catalog.steps.get(phase.step)!;
    checkAfter(phase, pipeline, issues);
    const wired = checkWiring({ phase, step, pipeline, outputs }, issues);
    checkPublish(phase, outputs.get(name)!, issues);
    checkTemplates(phase, step, outputs.get(name)!, issues);
    const needed = dependenciesOf(wired, enabled);
    const keyed = keyedOf(wired, enabled);
    dependencies.set(name, needed);
    phases.set(name, {
      phase: wired,
      step,
      outputs: outputs.get(name)!,
      services: chooseServices(phase, step, catalog, issues),
      resources: isEmpty(phase.resources)
        ? step.contract.resources
        : { ...step.contract.resources, ...phase.resources },
      dependencies: needed,
      dependents: dependents.get(name)!,
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
  for (const name of sorted.order)
    for (const dependency of dependencies.get(name)!) dependents.get(dependency)!.push(name);
  return { pipeline, phases: new Map(sorted.order.map((name) => [name, phases.get(name)!])) };
}

type Outputs = Readonly<Record<string, PhaseOutput>>;

/** Phases of one step that declare no outputs of their own share the step's: there may be thousands. */
function allOutputs(
  enabled: ReadonlyMap<string, Phase>,
  catalog: Catalog,
  issues: Issue[],
): ReadonlyMap<string, Outputs> {
  const ofSteps = new Map<StepFacts, Outputs>();
  const all = new Map<string, Outputs>();
  for (const [name, phase] of enabled) {
    const step = catalog.steps.get(phase.step)!;
    const known = isEmpty(phase.outputs) ? ofSteps.get(step) : undefined;
    const outputs = known ?? outputsOf(phase, step, issues);
    if (isEmpty(phase.outputs)) ofSteps.set(step, outputs);
    all.set(name, outputs);
  }
  return all;
}

function isEmpty(record: object): boolean {
  for (const _ in record) return false;
  return true;
}

function outputsOf(phase: Phase, step: StepFacts, issues: Issue[]): Outputs {
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

function checkPublish(phase: Phase, outputs: Outputs, issues: Issue[]): void {
  if (phase.publish === null) return;
  const path = ["phases", phase.name, "publish"];
  if (phase.each !== null)
    issues.push({ path, message: "a fanned-out phase can't be published.", hint: "Gather it first." });
  if (Object.hasOwn(outputs, phase.publish.output)) return;
  const message = `${phase.step} has no output "${phase.publish.output}".`;
  issues.push({ path: [...path, "output"], message, hint: suggest(phase.publish.output, Object.keys(outputs)) });
}

const NONE: readonly string[] = Object.freeze([]);

function dependenciesOf(phase: Phase, enabled: ReadonlyMap<string, Phase>): readonly string[] {
  const names: string[] = [];
  const add = (name: string) => {
    if (enabled.has(name) && !names.includes(name)) names.push(name);
  };
  for (const name of phase.after) add(name);
  for (const input in phase.inputs) {
    const wiring = phase.inputs[input]!;
    if (wiring.from === "phase") add(wiring.phase);
  }
  if (phase.each?.over === "artifact") add(phase.each.phase);
  return names;
}

function keyedOf(phase: Phase, enabled: ReadonlyMap<string, Phase>): readonly string[] {
  if (phase.each === null) return NONE;
  const fanned = Object.values(phase.inputs).flatMap((wiring) =>
    wiring.from === "phase" && wiring.gather === "one" && enabled.get(wiring.phase)?.each != null ? [wiring.phase] : [],
  );
  return [...new Set(fanned)];
}

function wholeOf(phase: Phase, dependencies: readonly string[], keyed: readonly string[]): readonly string[] {
  if (keyed.length === 0) return dependencies;
  const gathered = Object.values(phase.inputs).flatMap((wiring) =>
    wiring.from === "phase" && wiring.gather === "all" ? [wiring.phase] : [],
  );
  const named = new Set([...phase.after, ...gathered]);
  return dependencies.filter((name) => named.has(name) || !keyed.includes(name));
}
