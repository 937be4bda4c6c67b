import { checkPluginUse } from "../doctor/check-plugin-use.ts";
import { checkPlugins } from "../doctor/check-plugins.ts";
import { tellChecks } from "../doctor/tell-checks.ts";
import type { CommandModule } from "../invocation.ts";
import { locateRoot } from "../locate-root.ts";

/** `orchestrate plugins doctor`: what is off with the plugins of a project; status 2 where one can't be used. */
export const run: CommandModule["run"] = async (invocation, _args, options) => {
  const root = await locateRoot(invocation, options as { readonly file?: string });
  const checks = [...(await checkPlugins(root)), ...(await checkPluginUse(root))];
  return tellChecks(invocation, checks);
};
