import { checkPluginUse } from "../doctor/check-plugin-use.ts";
import { checkPlugins } from "../doctor/check-plugins.ts";
import { describeChecks } from "../doctor/describe-checks.ts";
import { unwell } from "../doctor/unwell.ts";
import { EXIT_STATUS } from "../exit-status.ts";
import type { CommandModule } from "../invocation.ts";
import { locateRoot } from "../locate-root.ts";
import { reportError } from "../report-error.ts";

/** `orchestrate plugins doctor`: what is off with the plugins of a project; status 2 where one can't be used. */
export const run: CommandModule["run"] = async (invocation, _args, options) => {
  const root = await locateRoot(invocation, options as { readonly file?: string });
  const checks = [...(await checkPlugins(root)), ...(await checkPluginUse(root))];
  const faults = checks.filter(({ state }) => state === "broken");
  if (invocation.format === "json") invocation.print(JSON.stringify({ ok: faults.length === 0, checks }));
  else invocation.print(describeChecks(invocation, checks));
  return faults.length === 0 ? EXIT_STATUS.ok : reportError(invocation, unwell(faults));
};
