import { digestJson, isReservedName } from "@orchestrate/manifests";
import type { Json, Phase, Wiring } from "../pipeline/pipeline.ts";
import { type Issue, PipelineIssues } from "../pipeline/pipeline-issue.ts";
import { unreachable } from "../unreachable.ts";
import type { Graph, GraphPhase } from "./graph.ts";
import { type Instance, type InstanceInput, instanceId } from "./instance.ts";
import { asText, fillItem, itemAsData, mentionsItem } from "./item-template.ts";

const KEY = /^(?!\.{1,2}$)[A-Za-z0-9._=+-]{1,100}$/;

/**
 * The instances of a phase: one, or one for each item.
 *
 * @param items the list that an earlier phase wrote, where the phase is fanned out over an artifact.
 * @throws PipelineIssues for a missing field, an unusable key, or two items with one key.
 */
export function expandPhase(graph: Graph, vertex: GraphPhase, items?: readonly Json[]): readonly Instance[] {
  const { phase } = vertex;
  if (phase.each === null) {
    const issues = withoutEach(phase);
    if (issues.length > 0) throw new PipelineIssues(issues);
    return [instance(graph, vertex, null, undefined)];
  }
  const list = phase.each.over === "items" ? phase.each.items : (items ?? []);
  const keys = new Map<string, number>();
  return list.map((item, index) => {
    const key = keyOf(phase, item, index);
    const twin = keys.get(key);
    if (twin !== undefined) throw new PipelineIssues([duplicate(phase, key, twin, index)]);
    keys.set(key, index);
    return instance(graph, vertex, key, item);
  });
}

function instance(graph: Graph, { phase, step }: GraphPhase, key: string | null, item: Json | undefined): Instance {
  try {
    return {
      id: instanceId(phase.name, key),
      phase: phase.name,
      key,
      item,
      config: configOf(phase.with, step.contract.templateFields, item ?? null),
      seedKey: phase.seedKey === null ? undefined : asText(fillItem(phase.seedKey, item ?? null)),
      inputs: Object.fromEntries(
        Object.entries(phase.inputs).map(([name, wiring]) => [name, wire(graph, wiring, key, item)]),
      ),
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new PipelineIssues([
      { path: ["phases", phase.name], message: `${error.message}.`, hint: "Mend the template or the list." },
    ]);
  }
}

function configOf(written: Phase["with"], templateFields: readonly string[], item: Json): Json {
  if (templateFields.length === 0) return fillItem(written, item);
  const data = itemAsData(item);
  return Object.fromEntries(
    Object.entries(written).map(([field, value]) => [
      field,
      fillItem(value, templateFields.includes(field) ? data : item),
    ]),
  );
}

function wire(graph: Graph, wiring: Wiring, key: string | null, item: Json | undefined): InstanceInput {
  switch (wiring.from) {
    case "phase": {
      if (wiring.gather === "all") return { from: "gather", phase: wiring.phase, output: wiring.output };
      const isFanned = graph.phases.get(wiring.phase)!.phase.each !== null;
      return { from: "instance", id: instanceId(wiring.phase, isFanned ? key : null), output: wiring.output };
    }
    case "path":
      return { from: "path", path: asText(fillItem(wiring.path, item ?? null)) };
    case "previous":
      return { from: "previous", reference: `${wiring.phase}.${wiring.output}` };
    default:
      return unreachable(wiring);
  }
}

function keyOf(phase: Phase, item: Json, index: number): string {
  if (phase.key === null) return digestJson(item).slice("sha256:".length, "sha256:".length + 12);
  const path = ["phases", phase.name, "key"];
  try {
    const key = asText(fillItem(phase.key, item));
    if (KEY.test(key) && !isReservedName(key)) return key;
    const message = `item ${index} gives the key ${JSON.stringify(key)}, which can't name its directory.`;
    throw new PipelineIssues([{ path, message, hint: "Use letters, digits and . _ = + - only, at most 100." }]);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new PipelineIssues([{ path, message: `${error.message}.`, hint: "Name a field that every item has." }]);
  }
}

function withoutEach(phase: Phase): readonly Issue[] {
  const paths = Object.entries(phase.inputs).flatMap(([name, wiring]) =>
    wiring.from === "path" ? [{ path: ["inputs", name, "path"], value: wiring.path }] : [],
  );
  return [{ path: ["with"], value: phase.with }, { path: ["seedKey"], value: phase.seedKey }, ...paths]
    .filter(({ value }) => mentionsItem(value))
    .map(({ path }) => ({
      path: ["phases", phase.name, ...path],
      message: "speaks of ${item}, but the phase has no `each`.",
      hint: "Add `each`, or write $${item} for the text itself.",
    }));
}

function duplicate(phase: Phase, key: string, first: number, second: number): Issue {
  const message = `items ${first} and ${second} have the same key "${key}".`;
  return {
    path: ["phases", phase.name, phase.key === null ? "each" : "key"],
    message,
    hint: "Make the key tell them apart, or remove one.",
  };
}
