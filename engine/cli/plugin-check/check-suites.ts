import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { unreachable } from "../../core/unreachable.ts";
import type { SuitePart } from "../../io/conformance/protocol.ts";
import { runSuite, type SuiteEnding } from "../../io/conformance/suite-process.ts";
import { filesBelow } from "../../io/plugins/files-below.ts";
import type { Plugin } from "../../io/plugins/plugin.ts";
import { processEntry } from "../process-entry.ts";
import { about, type Finding } from "./finding.ts";
import { modulesOf } from "./modules-of.ts";

const { warning, broken } = about("conformance");

/** Runs the conformance suite of every step and service for which there is an example, each in a process of its own. */
export async function checkSuites(
  plugin: Plugin,
  timeoutMs: number,
  sound: (name: string) => boolean,
): Promise<readonly Finding[]> {
  const parts = modulesOf(plugin).filter(({ kind, name }) => (kind === "step" || kind === "service") && sound(name));
  if (parts.length === 0) return [];
  if (plugin.examples === null) {
    return [warning("examples", "There are none, so that the conformance suite did not run.", HOW_TO_GIVE)];
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
  for (const { kind, name, module } of parts) {
    if (kind !== "step" && kind !== "service") continue;
    findings.push(...(await checkPart({ kind, name, module, examples }, plugin.directory, timeoutMs)));
  }
  return findings;
}

const HOW_TO_GIVE = 'Write them with defineExamples, and name the module in the block: "examples": "./examples.js".';

async function checkPart(part: SuitePart, directory: string, timeoutMs: number): Promise<readonly Finding[]> {
  const before = filesBelow(directory);
  const around = { entry: processEntry("conformance"), cwd: directory, timeoutMs };
  const ending = await runSuite({ do: "suite", part, timeoutMs }, around);
  const findings = findingsOf(part.name, ending);
  const after = filesBelow(directory);
  const changed = [...after]
    .filter(([path, stamp]) => before.get(path) !== stamp)
    .map(([path]) => relative(directory, path));
  const gone = [...before.keys()].filter((path) => !after.has(path)).map((path) => relative(directory, path));
  return [
    ...findings,
    ...[...changed, ...gone].map((path) =>
      about("surroundings").broken(part.name, `It writes to its own package: ${path}.`, "Write to outputs only."),
    ),
  ];
}

function findingsOf(name: string, ending: SuiteEnding): readonly Finding[] {
  switch (ending.end) {
    case "report":
      return reported(name, ending.report);
    case "timeout":
      return [
        broken(
          name,
          `The suite was still running after ${ending.afterMs / 1000} s.`,
          "Give a smaller example, or see what the step waits for; --timeout gives it longer.",
        ),
      ];
    case "exit": {
      const how = ending.signal === null ? `with status ${ending.status}` : `by ${ending.signal}`;
      const said = ending.said === "" ? "" : ` It said: ${ending.said}`;
      return [
        broken(
          name,
          `It ended the process of the suite ${how}.${said}`,
          "A step returns or throws, and never calls process.exit.",
        ),
      ];
    }
    default:
      return unreachable(ending);
  }
}

function reported(name: string, report: Extract<SuiteEnding, { end: "report" }>["report"]): readonly Finding[] {
  switch (report.found) {
    case "checks":
      return report.checks.map(({ check, ok: passed, detail }) =>
        passed ? about(check).ok(name, detail) : about(check).broken(name, detail, ""),
      );
    case "no-example":
      return [warning(name, "There is no example of it, so that the conformance suite did not run.", HOW_TO_GIVE)];
    case "error":
      return [broken(name, report.error.detail, report.error.hint)];
    default:
      return unreachable(report);
  }
}
