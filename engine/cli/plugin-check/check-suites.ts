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

/** How the suites are run. */
export interface SuiteScope {
  /** Of each suite. */
  readonly timeoutMs: number;
  /** Whether the contract of a part could be read, without which there is no suite. */
  isSound(name: string): boolean;
  looking(name: string): void;
}

/**
 * Runs the conformance suite of every step and service for which there is an example, each in a process of its own, and
 * gives what was found part by part. One runs at a time: what they use outside, as a database, may be the same.
 */
export async function* checkSuites(
  plugin: Plugin,
  { timeoutMs, isSound, looking }: SuiteScope,
): AsyncGenerator<readonly Finding[]> {
  const names = [...plugin.steps.keys(), ...plugin.services.keys()];
  if (names.length === 0) return;
  if (plugin.examples === null) {
    yield [warning("examples", "There are none, so that the conformance suite did not run.", HOW_TO_GIVE_EXAMPLES)];
    return;
  }
  const examples = resolve(plugin.directory, plugin.examples);
  if (!existsSync(examples)) {
    yield [
      broken(
        "examples",
        `They should be at ${examples}, which is not there.`,
        "Build the package, or correct the path.",
      ),
    ];
    return;
  }
  for (const part of partsOf(plugin, examples)) {
    if (!isSound(part.name)) continue;
    looking(part.name);
    yield await checkPart(part, plugin.directory, timeoutMs);
  }
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
