import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import type { SuitePart } from "../../io/conformance/protocol.ts";
import { runSuite } from "../../io/conformance/suite-process.ts";
import { filesBelow } from "../../io/plugins/files-below.ts";
import type { Plugin } from "../../io/plugins/plugin.ts";
import { processEntry } from "../process-entry.ts";
import { about, type Finding } from "./finding.ts";
import { modulesOf } from "./modules-of.ts";
import { HOW_TO_GIVE_EXAMPLES, suiteFindings } from "./suite-findings.ts";

const { warning, broken } = about("conformance");

/** Runs the conformance suite of every step and service for which there is an example, each in a process of its own. */
export async function checkSuites(
  plugin: Plugin,
  timeoutMs: number,
  sound: (name: string) => boolean,
): Promise<readonly Finding[]> {
  const names = [...plugin.steps.keys(), ...plugin.services.keys()];
  if (names.length === 0) return [];
  if (plugin.examples === null) {
    return [warning("examples", "There are none, so that the conformance suite did not run.", HOW_TO_GIVE_EXAMPLES)];
  }
  const examples = resolve(plugin.directory, plugin.examples);
  if (!existsSync(examples)) {
    return [
      broken(
        "examples",
        `They should be at ${examples}, which is not there.`,
        "Build the package, or correct the path.",
      ),
    ];
  }
  const findings: Finding[] = [];
  for (const part of partsOf(plugin, examples)) {
    if (sound(part.name)) findings.push(...(await checkPart(part, plugin.directory, timeoutMs)));
  }
  return findings;
}

/** Those parts for which there are suites. */
function partsOf(plugin: Plugin, examples: string): readonly SuitePart[] {
  return modulesOf(plugin).flatMap(({ kind, name, module }) =>
    kind === "step" || kind === "service" ? [{ kind, name, module, examples }] : [],
  );
}

async function checkPart(part: SuitePart, directory: string, timeoutMs: number): Promise<readonly Finding[]> {
  const before = filesBelow(directory);
  const around = { entry: processEntry("conformance"), cwd: directory, timeoutMs };
  const ending = await runSuite({ do: "suite", part, timeoutMs }, around);
  const after = filesBelow(directory);
  const changed = [...after]
    .filter(([path, stamp]) => before.get(path) !== stamp)
    .map(([path]) => relative(directory, path));
  const gone = [...before.keys()].filter((path) => !after.has(path)).map((path) => relative(directory, path));
  return [
    ...suiteFindings(part.name, ending),
    ...[...changed, ...gone].map((path) =>
      about("surroundings").broken(part.name, `It writes to its own package: ${path}.`, "Write to outputs only."),
    ),
  ];
}
