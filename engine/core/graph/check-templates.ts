import type { StepFacts } from "../catalog.ts";
import type { Json, Phase } from "../pipeline/pipeline.ts";
import type { Issue } from "../pipeline/pipeline-issue.ts";
import { suggest } from "../suggest.ts";

/** What `${inputs.NAME}` and `${outputs.NAME}` name in a field that holds templates must be there, before anything runs. */
export function checkTemplates(
  { name: phase, with: config, inputs }: Phase,
  { contract }: StepFacts,
  outputs: Readonly<Record<string, unknown>>,
  issues: Issue[],
): void {
  const known = { inputs: Object.keys(inputs), outputs: Object.keys(outputs) };
  for (const field of contract.templateFields) {
    for (const { path, text } of textsOf(config[field] ?? null, ["phases", phase, "with", field])) {
      for (const [template, role, name = ""] of text.matchAll(TEMPLATE)) {
        if ((role !== "inputs" && role !== "outputs") || known[role].includes(name)) continue;
        issues.push({
          path,
          message: `${template} names nothing: the phase has no ${role.slice(0, -1)} "${name}".`,
          hint: suggest(name, known[role]),
        });
      }
    }
  }
}

/** A template of the two roles, or the escape of one; a name that an item completes is left to the step. */
const TEMPLATE = /\$\$\{|\$\{(inputs|outputs)\.([^{}]*)\}/g;

interface Text {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

function textsOf(value: Json, path: Text["path"]): readonly Text[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((part: Json, index) => textsOf(part, [...path, index]));
  return Object.entries(value).flatMap(([key, part]) => textsOf(part as Json, [...path, key]));
}
