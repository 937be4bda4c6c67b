import type { ArtifactContract, ArtifactForm } from "@orchestrate/sdk";
import { formatWiring } from "../pipeline/parse-pipeline.ts";
import type { Phase, Pipeline, Wiring } from "../pipeline/pipeline.ts";
import type { Issue } from "../pipeline/pipeline-issue.ts";
import { nearest, suggest } from "../suggest.ts";
import { checkFan } from "./check-fan.ts";
import type { PhaseOutput } from "./graph.ts";
import type { Input, WiringScope } from "./wiring-scope.ts";

/** Checks every input of a phase; gives the phase without the inputs that are wired to phases which are not enabled. */
export function checkWiring(scope: WiringScope, issues: Issue[]): Phase {
  const { phase, step } = scope;
  const at = (name: string) => ["phases", phase.name, "inputs", name];
  const dropped: string[] = [];
  for (const [name, wiring] of Object.entries(phase.inputs)) {
    const declared = Object.hasOwn(step.contract.inputs, name) ? step.contract.inputs[name] : undefined;
    if (declared === undefined && !step.contract.open) {
      const hint = suggest(name, Object.keys(step.contract.inputs));
      issues.push({ path: at(name), message: `the step ${phase.step} has no input "${name}".`, hint });
      continue;
    }
    if (isAbsent(wiring, scope.pipeline)) {
      dropped.push(name);
      if (declared?.mode === "optional") continue;
      const message = `is wired to ${formatWiring(wiring)}, which is not enabled.`;
      issues.push({ path: at(name), message, hint: "Enable that phase, or wire the input to another one." });
      continue;
    }
    checkInput(scope, { name, wiring, declared }, issues);
  }
  for (const [name, declared] of Object.entries(step.contract.inputs)) {
    if (declared.mode === "optional" || Object.hasOwn(phase.inputs, name)) continue;
    const message = `the input "${name}" (${declared.kind}) is not wired.`;
    issues.push({ path: ["phases", phase.name], message, hint: `Add inputs: { ${name}: phase.output }.` });
  }
  checkEach(scope, issues);
  if (dropped.length === 0) return phase;
  const kept = Object.entries(phase.inputs).filter(([name]) => !dropped.includes(name));
  return { ...phase, inputs: Object.fromEntries(kept) };
}

function isAbsent(wiring: Wiring, pipeline: Pipeline): boolean {
  return wiring.from === "phase" && pipeline.phases.get(wiring.phase)?.enabled === false;
}

function checkInput(scope: WiringScope, { name, wiring, declared }: Input, issues: Issue[]): void {
  const path = ["phases", scope.phase.name, "inputs", name];
  if (wiring.from === "path") {
    if (declared?.mode === "gathered") issues.push({ path, ...PATH_FOR_ALL });
    return;
  }
  const source = producer(scope, { ...wiring, otherwise: fileHint(wiring) }, path, issues);
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
  if (wiring.from === "previous") checkPrevious(scope, { name, wiring, declared }, issues);
  else checkFan(scope, { name, wiring, declared }, issues);
}

const PATH_FOR_ALL = {
  message: "this input gathers all instances of a phase, and a path is one.",
  hint: "Wire it to a phase that is fanned out, as files[*].text.",
};

function checkPrevious(
  scope: WiringScope,
  { name, wiring, declared }: Input & { readonly wiring: Extract<Wiring, { from: "previous" }> },
  issues: Issue[],
): void {
  const path = ["phases", scope.phase.name, "inputs", name];
  if (declared?.mode !== "optional") {
    const message = "a previous artifact is absent the first time, so the input must be optional.";
    issues.push({
      path,
      message,
      hint: scope.step.contract.open ? "Declare it in a step of your own." : "Wire it to a phase of this run.",
    });
  } else if (scope.pipeline.phases.get(wiring.phase)!.each !== null) {
    const message = `"${wiring.phase}" is fanned out, so it has no one previous artifact.`;
    issues.push({ path, message, hint: "Keep the state in a phase with one instance." });
  }
}

/** An output as it is referred to, and what may be meant where no phase has a name like that. */
interface Sought {
  readonly phase: string;
  readonly output: string;
  readonly otherwise: string;
}

function producer(
  scope: WiringScope,
  { phase, output, otherwise }: Sought,
  path: Issue["path"],
  issues: Issue[],
): PhaseOutput | undefined {
  const outputs = scope.outputs.get(phase);
  if (!scope.pipeline.phases.has(phase)) {
    const phases = [...scope.pipeline.phases.keys()];
    const more = nearest(phase, phases) === undefined ? otherwise : "";
    issues.push({ path, message: `there is no phase "${phase}".`, hint: `${suggest(phase, phases)}${more}` });
  } else if (outputs === undefined) {
    issues.push({ path, message: `"${phase}" is not enabled.`, hint: "Enable that phase." });
  } else if (!Object.hasOwn(outputs, output)) {
    const message = `the phase "${phase}" has no output "${output}".`;
    issues.push({ path, message, hint: suggest(output, Object.keys(outputs)) });
  } else return outputs[output];
  return undefined;
}

/** Somebody who writes `notes.txt` means the file. */
function fileHint(wiring: Exclude<Wiring, { from: "path" }>): string {
  if (wiring.from === "previous" || wiring.gather === "all") return "";
  return ` A file is wired as { path: ${wiring.phase}.${wiring.output} }.`;
}

function describeMisfit(source: PhaseOutput, wanted: ArtifactContract): string | undefined {
  if (wanted.kind !== "*" && source.kind !== wanted.kind)
    return source.kind === "*" ? "has no declared kind" : `is ${source.kind}`;
  const isFit =
    (source.form === "directory") === (wanted.form === "directory") &&
    !(wanted.form === "json" && source.form === "ndjson") &&
    !(wanted.form === "ndjson" && source.form === "json");
  return isFit ? undefined : `is ${FORMS[source.form]}`;
}

const FORMS: Readonly<Record<ArtifactForm, string>> = {
  file: "a file",
  directory: "a directory",
  json: "one JSON document",
  ndjson: "a list of JSON lines",
};

function kindHint(source: PhaseOutput, wiring: Exclude<Wiring, { from: "path" }>): string {
  if (source.kind !== "*") return "Wire it to an output of that kind.";
  return `Declare its kind: outputs: { ${wiring.output}: { path: ${source.path}, kind: … } }.`;
}

const LIST_HINT = " The list stands here itself, or a phase writes it.";

function checkEach(scope: WiringScope, issues: Issue[]): void {
  const each = scope.phase.each;
  if (each?.over !== "artifact") return;
  const path = ["phases", scope.phase.name, "each"];
  const source = producer(scope, { ...each, otherwise: LIST_HINT }, path, issues);
  const producing = scope.pipeline.phases.get(each.phase);
  const holdsList = source?.form === "json" || (source?.form === "file" && source.kind === "*");
  if (source !== undefined && !holdsList) {
    issues.push({
      path,
      message: `${each.phase}.${each.output} is ${FORMS[source.form]}, not a JSON list.`,
      hint: "Fan out over a JSON artifact.",
    });
  }
  if (source !== undefined && producing?.each != null) {
    issues.push({
      path,
      message: `"${each.phase}" is fanned out itself.`,
      hint: "Take the list from a phase with one instance.",
    });
  }
}
