import { relative } from "node:path";
import { typeDeclarations } from "../../io/code/type-declarations.ts";
import type { Plugin } from "../../io/plugins/plugin.ts";
import { formatCount } from "../../io/terminal/format-count.ts";
import type { PackageFields } from "./check-api.ts";
import { about, type Finding } from "./finding.ts";

const { ok, warning, broken } = about("types");

/** Whether the declarations that are published lead somewhere, and speak of every step. */
export function checkTypes({ directory, steps }: Plugin, { exports }: PackageFields): readonly Finding[] {
  const { files, missing } = typeDeclarations(directory, exports);
  if (files.size === 0) {
    return [ok("types", "none are published: a pipeline in TypeScript takes its steps unchecked")];
  }
  const texts = [...files.values()];
  const unknown = [...steps.keys()].filter((name) => !texts.some((text) => text.includes(`"${name}"`)));
  const findings = [
    ...missing.map(({ specifier, importer }) =>
      broken(
        "types",
        `${relative(directory, importer)} imports ${specifier}, for which there are no declarations.`,
        "Build the package anew; where the module is JavaScript, declare its types.",
      ),
    ),
    ...unknown.map((name) =>
      warning(
        "types",
        `The declarations do not speak of the step "${name}".`,
        "Merge it into the interface StepTypes of @orchestrate/sdk.",
      ),
    ),
  ];
  return findings.length > 0
    ? findings
    : [ok("types", `${formatCount(files.size, "declaration file")}, ${formatCount(steps.size, "step")} typed`)];
}
