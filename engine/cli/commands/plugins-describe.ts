import type { OrchestrateError } from "@orchestrate/sdk";
import { suggest } from "../../core/suggest.ts";
import { loadPlugins } from "../../io/plugins/load-plugins.ts";
import type { Plugin } from "../../io/plugins/plugin.ts";
import { toEnvelope } from "../../run/to-envelope.ts";
import { describePart } from "../describe-part.ts";
import { EXIT_STATUS } from "../exit-status.ts";
import { inspectPlugin } from "../inspect-plugin.ts";
import type { CommandModule } from "../invocation.ts";
import { locateRoot } from "../locate-root.ts";
import { pluginNotOn } from "../plugin-not-on.ts";

/** `orchestrate plugins describe NAME`: the contracts of a plugin's parts, read in a worker. */
export const run: CommandModule["run"] = async (invocation, [name = ""], options) => {
  const plugin = await findPlugin(name, await locateRoot(invocation, options as { file?: string }));
  const parts = await inspectPlugin(plugin);
  const broken = parts.flatMap((part) => ("problem" in part ? [part.problem] : []));
  if (invocation.format === "json") {
    const { version, description, directory, needs } = plugin;
    const told = parts.map((part) =>
      "problem" in part ? { name: part.name, problem: toEnvelope(part.problem) } : part,
    );
    invocation.print(JSON.stringify({ name, version, description, directory, needs, parts: told }));
  } else {
    const head = [`${plugin.name} ${plugin.version}`, plugin.description, plugin.directory];
    const needs = plugin.needs.length === 0 ? [] : [`needs ${plugin.needs.join(", ")}`];
    const contracts = parts.flatMap((part) => ("contract" in part ? ["", describePart(part.name, part.contract)] : []));
    invocation.print([...head, ...needs, ...contracts].filter((line, index) => line !== "" || index > 2).join("\n"));
  }
  if (broken.length > 0) throw broken[0];
  return EXIT_STATUS.ok;
};

/** The others may be broken; this one may not. */
async function findPlugin(name: string, root: string): Promise<Plugin> {
  const problems: OrchestrateError[] = [];
  const { file, plugins } = await loadPlugins({ root, onProblem: (problem) => problems.push(problem) });
  const found = plugins.find((plugin) => plugin.name === name || plugin.steps.has(name));
  if (found !== undefined) return found;
  const own = problems.find(({ detail }) => detail.split(/[\s",]+/).includes(name));
  if (own !== undefined) throw own;
  const names = plugins.map((plugin) => plugin.name);
  throw pluginNotOn(name, file, suggest(name, names) || "Name its package in plugins.json.");
}
