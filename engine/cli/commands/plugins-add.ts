import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { OrchestrateError } from "@orchestrate/sdk";
import { changeDependency } from "../../io/plugins/change-dependency.ts";
import { collision } from "../../io/plugins/collision.ts";
import { dependencyName, readDependencies, toSpecifier } from "../../io/plugins/dependency-name.ts";
import { putEntry } from "../../io/plugins/edit-plugins-file.ts";
import { findPackage } from "../../io/plugins/find-package.ts";
import { findPluginsFile } from "../../io/plugins/find-plugins-file.ts";
import { loadPlugins } from "../../io/plugins/load-plugins.ts";
import { describeNeed, NOT_ENFORCED } from "../../io/plugins/need.ts";
import { packageSource } from "../../io/plugins/package-source.ts";
import type { Plugin } from "../../io/plugins/plugin.ts";
import { readPluginPackage } from "../../io/plugins/read-plugin-package.ts";
import { readPluginsFile } from "../../io/plugins/read-plugins-file.ts";
import { askYes } from "../ask-yes.ts";
import { EXIT_STATUS } from "../exit-status.ts";
import type { CommandModule, Invocation } from "../invocation.ts";
import { locateRoot } from "../locate-root.ts";

interface AddOptions {
  readonly file?: string;
  readonly yes?: true;
}

/**
 * `orchestrate plugins add PACKAGE`: installs it, asks whether it may have what it needs, and puts it into
 * plugins.json.
 */
export const run: CommandModule["run"] = async (invocation, [wanted = ""], given) => {
  const options = given as AddOptions;
  const root = await locateRoot(invocation, options);
  const file = findPluginsFile(root) ?? join(root, "plugins.json");
  const place = dirname(file);
  // A file that can't be read is told before anything is installed.
  if (existsSync(file)) await readPluginsFile(file);
  const before = readDependencies(place);
  const specifier = toSpecifier(wanted, invocation.cwd);
  await changeDependency({ do: "add", what: specifier }, place, invocation.complain);
  const name = dependencyName(specifier, { before, after: readDependencies(place), place }) ?? wanted;
  const directory = findPackage(name, place);
  if (directory === undefined) throw notFound(name, place);
  const plugin = await readPluginPackage(name, directory).catch(leftInstalled);
  await requireFree(plugin, root, file).catch(leftInstalled);
  if (options.yes !== true) await requireAllowed(invocation, plugin);
  const { source, integrity } = packageSource(directory, place);
  const { version, needs } = plugin;
  putEntry(file, { name, version: `^${version}`, integrity: integrity ?? undefined, needs: [...needs] });
  if (invocation.format === "json") invocation.print(JSON.stringify({ name, version, source, integrity, needs, file }));
  else
    invocation.print(
      `${name} ${version} is on in ${file}${integrity === null ? "; nothing vouches for its content" : ""}.`,
    );
  return EXIT_STATUS.ok;
};

async function requireFree(plugin: Plugin, root: string, file: string): Promise<void> {
  const { plugins } = await loadPlugins({ root, onProblem: () => {} });
  for (const other of plugins.filter(({ name }) => name !== plugin.name)) {
    const problem = collision(other, plugin, file);
    if (problem !== undefined) throw problem;
  }
}

/** What is wrong with a package, and where that leaves it. */
function leftInstalled(error: unknown): never {
  if (!(error instanceof OrchestrateError)) throw error;
  const { code, category, detail, hint } = error;
  const told = { error: code, category, detail: `${detail} It is installed, and not on.`, hint };
  throw new OrchestrateError(told, { cause: error });
}

async function requireAllowed(invocation: Invocation, { name, needs }: Plugin): Promise<void> {
  if (needs.length === 0) return;
  invocation.complain(`${name} says what it needs:`);
  for (const need of needs) invocation.complain(`  ${need}: it ${describeNeed(need)}.`);
  invocation.complain(NOT_ENFORCED);
  if (await askYes(invocation, "Write that into plugins.json, and switch it on?")) return;
  throw new OrchestrateError({
    error: "plugin-needs-refused",
    category: "policy",
    detail: `${name} needs ${needs.join(", ")}, and nobody has allowed it. It is installed, and not on.`,
    hint: `Run it on a terminal, or with --yes; or uninstall it.`,
  });
}

function notFound(name: string, place: string): OrchestrateError {
  return new OrchestrateError({
    error: "plugin-not-installed",
    category: "input",
    detail: `${name} was to be installed, and is not in ${place} or above it.`,
    hint: "Install it by hand, and name it in plugins.json.",
  });
}
