import { OrchestrateError } from "@orchestrate/sdk";
import { unreachable } from "../../core/unreachable.ts";
import { formatCount } from "../../io/terminal/format-count.ts";
import { formatLine, type Mark } from "../../io/terminal/line.ts";
import { painter } from "../../io/terminal/paint.ts";
import type { Check } from "../doctor/check.ts";
import { checkCapacity, checkNode } from "../doctor/check-machine.ts";
import { checkPlugins } from "../doctor/check-plugins.ts";
import { checkProgram } from "../doctor/check-program.ts";
import { checkRunsDirectory } from "../doctor/check-runs-directory.ts";
import { EXIT_STATUS } from "../exit-status.ts";
import type { CommandModule, Invocation } from "../invocation.ts";
import { locateRoot } from "../locate-root.ts";
import { locateRuns, type RunsOptions } from "../locate-runs.ts";
import { reportError } from "../report-error.ts";

/** `orchestrate doctor`: status 2 where something is broken; warnings alone are 0. */
export const run: CommandModule["run"] = async (invocation, _args, given) => {
  const options = given as RunsOptions;
  const checks = [
    checkNode(process.versions.node),
    checkCapacity(),
    ...(await checkRunsDirectory(await locateRuns(invocation, options))),
    ...(await checkPlugins(await locateRoot(invocation, options))),
    await checkProgram("git", "runs do not record a commit"),
    await checkProgram("python3", "steps in Python can't run"),
  ];
  const faults = checks.filter(({ state }) => state === "broken");
  if (invocation.format === "json") invocation.print(JSON.stringify({ ok: faults.length === 0, checks }));
  else invocation.print(describe(invocation, checks));
  const [first] = faults;
  return first === undefined ? EXIT_STATUS.ok : reportError(invocation, unwell(faults.length, first));
};

function describe({ colour }: Invocation, checks: readonly Check[]): string {
  const paint = painter(colour);
  const width = Math.max(...checks.map(({ subject }) => subject.length));
  return checks
    .map(({ subject: name, state, detail: text, hint }) =>
      formatLine({ mark: markOf(state), name, text, hint }, { paint, width }),
    )
    .join("\n");
}

function markOf(state: Check["state"]): Mark {
  switch (state) {
    case "ok":
      return "done";
    case "warning":
      return "skipped";
    case "broken":
      return "failed";
    default:
      return unreachable(state);
  }
}

function unwell(count: number, { subject, detail, hint }: Check): OrchestrateError {
  return new OrchestrateError({
    error: "doctor-found-faults",
    category: "input",
    detail: `${formatCount(count, "check")} failed, the first is ${subject}: ${detail}`,
    hint,
  });
}
