import { basename } from "node:path";
import { type Verification, verifyRun } from "@orchestrate/manifests";
import { formatCount } from "../../io/terminal/format-count.ts";
import { formatTable } from "../../io/terminal/format-table.ts";
import { painter } from "../../io/terminal/paint.ts";
import { EXIT_STATUS } from "../exit-status.ts";
import type { CommandModule, Invocation } from "../invocation.ts";
import { locateRun, locateRuns, type RunsOptions } from "../locate-runs.ts";
import { notVerified } from "../not-verified.ts";
import { reportError, usageError } from "../report-error.ts";

interface VerifyOptions extends RunsOptions {
  readonly sources?: string;
}

const WHAT_TO_DO = "Something changed it after it was written. Restore it from a copy, or run the pipeline again.";

const RUN_IS_WHOLE =
  "The run itself is as it was written. Run the pipeline again, or leave out what lies outside of it: --sources skip.";

/** `orchestrate verify`: every digest of a run; status 3 where one does not agree. */
export const run: CommandModule["run"] = async (invocation, [wanted], given) => {
  const options = given as VerifyOptions;
  const sources = sourcesMode(options.sources ?? "check");
  const directory = locateRun(invocation, await locateRuns(invocation, options), wanted);
  const verification = await verifyRun(directory, { sources });
  if (invocation.format === "json") invocation.print(JSON.stringify({ directory, ...verification }));
  else invocation.print(describe(invocation, directory, verification));
  return verification.ok
    ? EXIT_STATUS.ok
    : reportError(invocation, notVerified(directory, verification, hintOf(verification)));
};

function hintOf({ problems }: Verification): string {
  return problems.every(({ what }) => what === "source has changed since") ? RUN_IS_WHOLE : WHAT_TO_DO;
}

function sourcesMode(text: string): "check" | "skip" {
  if (text === "check" || text === "skip") return text;
  throw usageError(`--sources ${text} is neither check nor skip.`, "Write --sources check, or --sources skip.");
}

function describe({ colour }: Invocation, directory: string, verification: Verification): string {
  const { checked, problems, unchecked, state, ok } = verification;
  const paint = painter(colour);
  const counts = [
    formatCount(checked.phases, "phase"),
    formatCount(checked.artifacts, "artifact"),
    formatCount(checked.inputs, "input"),
    formatCount(checked.sources, "source"),
  ].join(", ");
  const verdict = ok
    ? `${paint("green", "✓")} every digest agrees`
    : `${paint("red", "✗")} ${formatCount(problems.length, "problem")}`;
  const lines = [`${verdict}: ${basename(directory)}, ${state}; checked ${counts}`];
  for (const { where, what, expected, found } of problems) {
    lines.push(`  ${where}: ${what}`, `      expected  ${expected}`, `      found     ${found}`);
  }
  if (unchecked.length > 0) {
    const rows = unchecked.map(({ where, why }) => [where, why]);
    lines.push("not checked", formatTable(rows, { indent: "  " }));
  }
  return lines.join("\n");
}
