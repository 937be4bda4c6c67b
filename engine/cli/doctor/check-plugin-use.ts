import { dirname } from "node:path";
import type { StepContract } from "@orchestrate/sdk";
import { ENGINE_SERVICES } from "../../core/graph/choose-services.ts";
import { findPackage } from "../../io/plugins/find-package.ts";
import { loadPlugins } from "../../io/plugins/load-plugins.ts";
import { NOT_ENFORCED } from "../../io/plugins/need.ts";
import { packageSource } from "../../io/plugins/package-source.ts";
import type { Plugin } from "../../io/plugins/plugin.ts";
import type { PluginSet } from "../../io/plugins/plugin-set.ts";
import { type PluginEntry, readPluginsFile } from "../../io/plugins/read-plugins-file.ts";
import { unlistedPlugins } from "../../io/plugins/unlisted-plugins.ts";
import { inspectPlugin } from "../inspect-plugin.ts";
import { isOwnCommand } from "../is-own-command.ts";
import { type Check, ok, warning } from "./check.ts";

/**
 * How the plugins that can be used are used: pins, copies of the sdk, services without a provider, needs, what is not
 * on.
 */
export async function checkPluginUse(root: string): Promise<readonly Check[]> {
  const set = await loadPlugins({ root, onProblem: () => {} });
  if (set.file === undefined) return unlisted(root, []);
  const place = dirname(set.file);
  const entries = await readPluginsFile(set.file).catch(() => []);
  return [
    ...set.plugins.flatMap((plugin) => [
      ...pins(
        plugin,
        entries.find(({ name }) => name === plugin.name),
        place,
      ),
      ...sdkCopies(plugin, place),
      ...shadowedCommands(plugin),
    ]),
    ...(await absentProviders(set)),
    ...needs(set.plugins),
    ...unlisted(
      place,
      entries.map(({ name }) => name),
    ),
  ];
}

function pins({ name, directory }: Plugin, entry: PluginEntry | undefined, place: string): readonly Check[] {
  const { integrity, source } = packageSource(directory, place);
  if (entry?.integrity !== undefined && integrity === null) {
    const detail = `plugins.json pins its integrity, but it comes from ${source}, for which no lockfile of npm vouches.`;
    return [warning(name, detail, "Install it by npm, or take `integrity` out.")];
  }
  if (entry?.integrity === undefined && integrity !== null) {
    return [warning(name, "plugins.json does not pin its integrity.", `Run \`orchestrate plugins add ${name}\`.`)];
  }
  return [];
}

/** An error or a type of a second copy is not that of the first. */
function sdkCopies({ name, directory }: Plugin, place: string): readonly Check[] {
  const [own, shared] = [findPackage("@orchestrate/sdk", directory), findPackage("@orchestrate/sdk", place)];
  if (own === undefined || shared === undefined || own === shared) return [];
  const detail = `It uses a copy of @orchestrate/sdk of its own, ${own}.`;
  return [warning(name, detail, "Its author should make the sdk a peer dependency; types of the two do not mix.")];
}

function shadowedCommands({ name, commands }: Plugin): readonly Check[] {
  return [...commands.keys()]
    .filter(isOwnCommand)
    .map((command) =>
      warning(name, `Its command "${command}" can't be reached: the engine has one of that name.`, "Tell its author."),
    );
}

async function absentProviders(set: PluginSet): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const plugin of set.plugins) {
    for (const part of await inspectPlugin(plugin)) {
      if (!("contract" in part) || !("inputs" in part.contract)) continue;
      for (const token of tokensOf(part.contract)) {
        if (ENGINE_SERVICES.includes(token) || set.providers(token).length > 0) continue;
        const detail = `${part.name} asks for the service "${token}", which no plugin that is on provides.`;
        checks.push(warning(plugin.name, detail, "Add a plugin that provides it, or leave the step alone."));
      }
    }
  }
  return checks;
}

function tokensOf({ services }: StepContract): readonly string[] {
  return [...new Set(Object.values(services))];
}

function needs(plugins: readonly Plugin[]): readonly Check[] {
  const needing = plugins.filter((plugin) => plugin.needs.length > 0);
  const told = needing.map((plugin) => `${plugin.name}: ${plugin.needs.join(", ")}`);
  return [ok("needs", [...(told.length === 0 ? ["none is told."] : [`${told.join("; ")}.`]), NOT_ENFORCED].join(" "))];
}

function unlisted(place: string, listed: readonly string[]): readonly Check[] {
  return unlistedPlugins(place, listed).map((name) =>
    warning(
      name,
      "It is installed, and not on: nothing of it is ever loaded.",
      `Switch it on: \`orchestrate plugins add ${name}\`.`,
    ),
  );
}
