import type { OrchestrateError } from "@orchestrate/sdk";
import { loadPlugins } from "../../io/plugins/load-plugins.ts";
import type { Plugin } from "../../io/plugins/plugin.ts";
import { formatCount } from "../../io/terminal/format-count.ts";
import { toEnvelope } from "../../run/to-envelope.ts";
import { inspectPlugin } from "../inspect-plugin.ts";
import { broken, type Check, ok } from "./check.ts";
import { checkProviders } from "./check-providers.ts";

/**
 * Every plugin that is on: what it says of itself, whether each contract can be read in a worker, and what its
 * providers find of the machine.
 */
export async function checkPlugins(root: string): Promise<readonly Check[]> {
  const problems: OrchestrateError[] = [];
  const { file, plugins } = await loadPlugins({ root, onProblem: (problem) => problems.push(problem) });
  const checks = problems.map(({ detail, hint }) => broken("plugin", detail, hint));
  for (const plugin of plugins) checks.push(...(await checkPlugin(plugin)));
  if (checks.length > 0) return checks;
  return [ok("plugins", file === undefined ? "none is on: there is no plugins.json" : `none is on in ${file}`)];
}

async function checkPlugin(plugin: Plugin): Promise<readonly Check[]> {
  const parts = await inspectPlugin(plugin);
  const faults = parts.flatMap((part) => {
    if (!("problem" in part)) return [];
    const { detail, hint } = toEnvelope(part.problem);
    return [broken(plugin.name, detail, hint)];
  });
  if (faults.length > 0) return faults;
  const read = ok(plugin.name, `${plugin.version}, ${formatCount(parts.length, "contract")} read`);
  const can = parts.some((part) => "contract" in part && "checked" in part.contract && part.contract.checked);
  return can ? [read, ...(await checkProviders(plugin))] : [read];
}
