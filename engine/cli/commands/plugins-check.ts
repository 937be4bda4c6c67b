import { resolve } from "node:path";
import { OrchestrateError } from "@orchestrate/sdk";
import { DURATION, fitsTimer, parseDuration } from "../../core/pipeline/duration.ts";
import { describeNeed, NOT_ENFORCED } from "../../io/plugins/need.ts";
import { formatCount } from "../../io/terminal/format-count.ts";
import { lookingLine } from "../../io/terminal/looking-line.ts";
import { EXIT_STATUS } from "../exit-status.ts";
import type { CommandModule } from "../invocation.ts";
import { ownVersions } from "../own-versions.ts";
import { UNOBSERVED } from "../plugin-check/check-observer.ts";
import { checkPlugin } from "../plugin-check/check-plugin.ts";
import type { Finding } from "../plugin-check/finding.ts";
import { printFindings } from "../plugin-check/print-findings.ts";
import { reportError, usageError } from "../report-error.ts";

/** `orchestrate plugins check [DIR]`: the plugin in a directory, from its package.json to the conformance suite. */
export const run: CommandModule["run"] = async (invocation, [directory = "."], options) => {
  const timeoutMs = readTimeout((options as { readonly timeout?: string }).timeout ?? "60s");
  const line = await lookingLine({ ...invocation, stream: process.stdout });
  const observer = invocation.format === "json" ? UNOBSERVED : printFindings(invocation, line);
  const scope = { sdk: ownVersions().sdk, timeoutMs };
  const { plugin, findings } = await checkPlugin(resolve(invocation.cwd, directory), scope, observer);
  const faults = findings.filter(({ state }) => state === "broken");
  if (invocation.format === "json") {
    const { name = null, version = null, needs = [] } = plugin ?? {};
    invocation.print(JSON.stringify({ ok: faults.length === 0, name, version, needs, checks: findings }));
  } else {
    line.hide();
    const needs = (plugin?.needs ?? []).map((need) => `needs ${need}: it ${describeNeed(need)}.`);
    if (needs.length > 0) invocation.print([...needs, NOT_ENFORCED].join("\n"));
  }
  const [first] = faults;
  return first === undefined ? EXIT_STATUS.ok : reportError(invocation, failed(faults.length, first));
};

function readTimeout(text: string): number {
  if (DURATION.test(text) && fitsTimer(text)) return parseDuration(text);
  throw usageError(`--timeout ${text} is not a duration.`, "Write it as --timeout 30s.");
}

function failed(count: number, { subject, detail, hint }: Finding): OrchestrateError {
  return new OrchestrateError({
    error: "plugin-check-failed",
    category: "input",
    detail: `${formatCount(count, "check")} failed, the first is ${subject}: ${detail}`,
    hint,
  });
}
