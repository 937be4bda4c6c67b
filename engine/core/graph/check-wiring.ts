import { canonicalJson } from "@orchestrate/manifests";
import type { ArtifactContract } from "@orchestrate/sdk";
import type { StepFacts } from "../catalog.ts";
import { formatWiring } from "../pipeline/parse-pipeline.ts";
import type { Each, Phase, Pipeline, Wiring } from "../pipeline/pipeline.ts";
import type { Issue } from "../pipeline/pipeline-issue.ts";
import { suggest } from "../suggest.ts";
import type { PhaseOutput } from "./graph.ts";

/** What the check of one phase's wiring looks at. */
export interface WiringScope {
  readonly phase: Phase;
  readonly step: StepFacts;
  readonly pipeline: Pipeline;
  readonly outputs: ReadonlyMap<string, Readonly<Record<string, PhaseOutput>>>;
}

/** Checks every input of a phase; gives the phase without the inputs that are wired to phases which are not enabled. */
export function checkWiring(scope: WiringScope, issues: Issue[]): Phase {
  const { phase, step } = scope;
  const at = ["phases", phase.name, "inputs"];
  const kept: Record<string, Wiring> = {};
  for (const [name, wiring] of Object.entries(phase.inputs)) {
    const declared = Object.hasOwn(step.contract.inputs, name) ? step.contract.inputs[name] : undefined;
    if (declared === undefined && !step.contract.open) {
      const hint = suggest(name, Object.keys(step.contract.inputs));
      issues.push({ path: [...at, name], message: `the step ${phase.step} has no input "${name}".`, hint });
      continue;
    }
    if (isAbsent(wiring, scope.pipeline)) {
      if (declared?.mode === "optional") continue;
      const message = `is wired to ${formatWiring(wiring)}, which is not enabled.`;
      issues.push({ path: [...at, name], message, hint: "Enable that phase, or wire the input to another one." });
      continue;
    }
    checkInput(scope, { name, wiring, declared }, issues);
    kept[name] = wiring;
  }
  for (const [name, declared] of Object.entries(step.contract.inputs)) {
    if (declared.mode === "optional" || Object.hasOwn(phase.inputs, name)) continue;
    const message = `the input "${name}" (${declared.kind}) is not wired.`;
    issues.push({ path: ["phases", phase.name], message, hint: `Add inputs: { ${name}: phase.output }.` });
  }
  checkEach(scope, issues);
  return { ...phase, inputs: kept };
}

function isAbsent(wiring: Wiring, pipeline: Pipeline): boolean {
  return wiring.from === "phase" && pipeline.phases.get(wiring.phase)?.enabled === false;
}

interface Input {
  readonly name: string;
  readonly wiring: Wiring;
  readonly declared: ArtifactContract | undefined;
}

function checkInput(scope: WiringScope, { name, wiring, declared }: Input, issues: Issue[]): void {
  const path = ["phases", scope.phase.name, "inputs", name];
  if (wiring.from === "path") return;
  const source = producer(scope, wiring, path, issues);
  if (source === undefined) return;
  if (declared !== undefined) {
    const misfit = describeMisfit(source, declared);
    if (misfit !== undefined) {
      issues.push({
        path,
        message: `${formatWiring(wiring)} ${misfit}, but ${scope.phase.step} wants ${declared.kind} here.`,
        hint: kindHint(source, wiring),
      });
    }
  }
  if (wiring.from === "previous") {
    if (declared?.mode === "optional") return;
    const message = "a previous artifact is absent the first time, so the input must be optional.";
    issues.push({
      path,
      message,
      hint: scope.step.contract.open ? "Declare it in a step of your own." : "Wire it to a phase of this run.",
    });
    return;
  }
  checkFan(scope, { name, wiring, declared }, issues);
}

function producer(
  scope: WiringScope,
  wiring: Exclude<Wiring, { from: "path" }>,
  path: Issue["path"],
  issues: Issue[],
): PhaseOutput | undefined {
  if (!scope.pipeline.phases.has(wiring.phase)) {
    issues.push({
      path,
      message: `there is no phase "${wiring.phase}".`,
      hint: suggest(wiring.phase, scope.pipeline.phases.keys()),
    });
    return undefined;
  }
  const outputs = scope.outputs.get(wiring.phase) ?? {};
  if (Object.hasOwn(outputs, wiring.output)) return outputs[wiring.output];
  issues.push({
    path,
    message: `the phase "${wiring.phase}" has no output "${wiring.output}".`,
    hint: suggest(wiring.output, Object.keys(outputs)),
  });
  return undefined;
}

function describeMisfit(source: PhaseOutput, wanted: ArtifactContract): string | undefined {
  if (wanted.kind !== "*" && source.kind !== wanted.kind)
    return source.kind === "*" ? "has no declared kind" : `is ${source.kind}`;
  if ((source.form === "directory") !== (wanted.form === "directory")) return `is a ${source.form}`;
  if (wanted.form === "json" && source.form === "ndjson") return "is a list of JSON lines";
  if (wanted.form === "ndjson" && source.form === "json") return "is one JSON document";
  return undefined;
}

function kindHint(source: PhaseOutput, wiring: Exclude<Wiring, { from: "path" }>): string {
  if (source.kind !== "*") return "Wire it to an output of that kind.";
  return `Declare its kind: outputs: { ${wiring.output}: { path: ${source.path}, kind: … } }.`;
}

function checkFan(
  scope: WiringScope,
  { name, wiring, declared }: Input & { readonly wiring: Extract<Wiring, { from: "phase" }> },
  issues: Issue[],
): void {
  const path = ["phases", scope.phase.name, "inputs", name];
  const source = scope.pipeline.phases.get(wiring.phase)!;
  const gathers = declared === undefined ? wiring.gather === "all" : declared.mode === "gathered";
  if (wiring.gather === "all") {
    if (source.each === null) {
      issues.push({
        path,
        message: `"${wiring.phase}" is not fanned out, so there is nothing to gather.`,
        hint: `Write ${wiring.phase}.${wiring.output}.`,
      });
    } else if (!gathers) {
      issues.push({
        path,
        message: `the step ${scope.phase.step} takes one artifact here, not all instances.`,
        hint: "Give this phase the same `each`, or gather in another phase.",
      });
    }
    return;
  }
  if (gathers) {
    issues.push({
      path,
      message: "this input gathers all instances of a phase.",
      hint: `Write ${wiring.phase}[*].${wiring.output}.`,
    });
  } else if (source.each !== null && !sameEach(source.each, scope.phase.each)) {
    issues.push({
      path,
      message: `"${wiring.phase}" is fanned out.`,
      hint: `Write ${wiring.phase}[*].${wiring.output} to gather, or give this phase the same \`each\`.`,
    });
  }
}

/** Whether two phases have equal instances: the same list, written alike or from the same artifact. */
export function sameEach(a: Each | null, b: Each | null): boolean {
  return a !== null && b !== null && canonicalJson(a) === canonicalJson(b);
}

function checkEach(scope: WiringScope, issues: Issue[]): void {
  const each = scope.phase.each;
  if (each?.over !== "artifact") return;
  const path = ["phases", scope.phase.name, "each"];
  const source = producer(scope, { from: "phase", ...each, gather: "one" }, path, issues);
  const producing = scope.pipeline.phases.get(each.phase);
  if (source !== undefined && source.form !== "json" && source.kind !== "*") {
    issues.push({
      path,
      message: `${each.phase}.${each.output} is a ${source.form}, not a JSON list.`,
      hint: "Fan out over a JSON artifact.",
    });
  }
  if (producing !== undefined && (producing.each !== null || !producing.enabled)) {
    issues.push({
      path,
      message: `"${each.phase}" is ${producing.enabled ? "fanned out itself" : "not enabled"}.`,
      hint: "Take the list from a phase with one instance.",
    });
  }
}
