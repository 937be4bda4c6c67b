import { checkCapacity, checkNode } from "../doctor/check-machine.ts";
import { checkPlugins } from "../doctor/check-plugins.ts";
import { checkProgram } from "../doctor/check-program.ts";
import { checkRunsDirectory } from "../doctor/check-runs-directory.ts";
import { tellChecks } from "../doctor/tell-checks.ts";
import type { CommandModule } from "../invocation.ts";
import { locateRoot } from "../locate-root.ts";
import { locateRuns, type RunsOptions } from "../locate-runs.ts";

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
  return tellChecks(invocation, checks);
};
