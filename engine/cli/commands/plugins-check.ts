import { resolve } from "node:path";
import { OrchestrateError } from "@orchestrate/sdk";
import { DURATION, fitsTimer, parseDuration } from "../../core/pipeline/duration.ts";
import { describeNeed, NOT_ENFORCED } from "../../io/plugins/need.ts";
import { formatCount } from "../../io/terminal/format-count.ts";
import { describeChecks } from "../doctor/describe-checks.ts";
import { EXIT_STATUS } from "../exit-status.ts";
import type { CommandModule } from "../invocation.ts";
import { ownVersions } from "../own-versions.ts";
import { checkPlugin } from "../plugin-check/check-plugin.ts";
import type { Finding } from "../plugin-check/finding.ts";
import { reportError, usageError } from "../report-error.ts";

/** `orchestrate plugins check [DIR]`: the plugin in a directory, from its package.json to the conformance suite. */
export const run: CommandModule["run"] = async (invocation, [directory = "."], options) => {
  const timeoutMs = readTimeout((options as { readonly timeout?: string }).timeout ?? "60s");
  const { plugin, findings } = await checkPlugin(resolve(invocation.cwd, directory), {
    sdk: ownVersions().sdk,
    timeoutMs,
  });
  const faults = findings.filter(({ state }) => state === "broken");
  if (invocation.format === "json") {
    const { name = null, version = null, needs = [] } = plugin ?? {};
    invocation.print(JSON.stringify({ ok: faults.length === 0, name, version, needs, checks: findings }));
  } else {
    const head = plugin === null ? [] : [`${plugin.name} ${plugin.version}`];
    const needs = (plugin?.needs ?? []).map((need) => `needs ${need}: it ${describeNeed(need)}.`);
    const told = needs.length === 0 ? [] : [...needs, NOT_ENFORCED];
    invocation.print([...head, describeChecks(invocation, inFewLines(findings)), ...told].join("\n"));
  }
  const [first] = faults;
  return first === undefined ? EXIT_STATUS.ok : reportError(invocation, failed(faults.length, first));
};

function readTimeout(text: string): number {
  if (DURATION.test(text) && fitsTimer(text)) return parseDuration(text);
  throw usageError(`--timeout ${text} is not a duration.`, "Write it as --timeout 30s.");
}

/** What the suite found right about one part is one line. */
function inFewLines(findings: readonly Finding[]): readonly Finding[] {
  const suites = findings.filter(({ check, state }) => state === "ok" && !ASPECTS.has(check));
  const others = findings.filter((finding) => !suites.includes(finding));
  const conforming = [...new Set(suites.map(({ subject }) => subject))].map((subject): Finding => {
    const passed = suites.filter((finding) => finding.subject === subject).length;
    return {
      check: "conformance",
      subject,
      state: "ok",
      detail: `${formatCount(passed, "check")} of the suite passed`,
      hint: "",
    };
  });
  return [...others, ...conforming];
}

const ASPECTS: ReadonlySet<string> = new Set([
  "manifest",
  "package",
  "api",
  "names",
  "imports",
  "types",
  "load",
  "conformance",
]);

function failed(count: number, { subject, detail, hint }: Finding): OrchestrateError {
  return new OrchestrateError({
    error: "plugin-check-failed",
    category: "input",
    detail: `${formatCount(count, "check")} failed, the first is ${subject}: ${detail}`,
    hint,
  });
}
