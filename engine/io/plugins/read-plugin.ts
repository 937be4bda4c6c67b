import { OrchestrateError } from "@orchestrate/sdk";
import { findPackage } from "./find-package.ts";
import { packageSource } from "./package-source.ts";
import type { Plugin } from "./plugin.ts";
import { readPluginPackage } from "./read-plugin-package.ts";
import type { PluginEntry } from "./read-plugins-file.ts";
import { satisfies } from "./satisfies.ts";

/** Where an entry stands: the plugins.json, and the directory its packages are looked for from. */
export interface EntryPlace {
  readonly file: string;
  readonly from: string;
  /** Is told of every path that decides which package it is, before that is read. */
  readonly onLook?: (path: string) => void;
}

/**
 * Reads an entry's plugin and holds it to what the entry allows. Runs none of its code. Throws as `loadPlugins` says.
 */
export async function readPlugin(entry: PluginEntry, place: EntryPlace): Promise<Plugin> {
  const { name, options } = entry;
  const directory = findPackage(name, place.from, place.onLook);
  if (directory === undefined) throw notInstalled(name, place);
  const plugin = await readPluginPackage(name, directory);
  requireVersion(entry, plugin.version, place);
  requireIntegrity(entry, plugin, place);
  requireAllowed(entry, plugin.needs, place);
  return { ...plugin, options };
}

function requireVersion({ name, version: range }: PluginEntry, version: string, { file }: EntryPlace): void {
  if (range === undefined || satisfies(version, range)) return;
  throw new OrchestrateError({
    error: "plugin-version",
    category: "input",
    detail: `${name} is installed as ${version}, but ${file} wants ${range}.`,
    hint: `Run \`npm install ${name}@${JSON.stringify(range)}\`, or change the range.`,
  });
}

/** What no lockfile vouches for, as a link, has no integrity to compare; the doctor says so. */
function requireIntegrity({ name, integrity: pinned }: PluginEntry, { directory }: Plugin, place: EntryPlace): void {
  if (pinned === undefined) return;
  const { integrity } = packageSource(directory, place.from, place.onLook);
  if (integrity === null || integrity === pinned) return;
  throw new OrchestrateError({
    error: "plugin-integrity",
    category: "policy",
    detail: `${name} is installed with the integrity ${integrity}, but ${place.file} pins ${pinned}.`,
    hint: `See why it is another package than the one that was added; if it is right, run \`orchestrate plugins add ${name}\` again.`,
  });
}

function requireAllowed({ name, needs: allowed }: PluginEntry, needs: readonly string[], { file }: EntryPlace): void {
  const more = needs.filter((need) => allowed !== undefined && !allowed.some((each) => each === need));
  if (more.length === 0) return;
  throw new OrchestrateError({
    error: "plugin-needs-more",
    category: "policy",
    detail: `${name} needs ${more.map((need) => `"${need}"`).join(", ")}, which ${file} does not allow it.`,
    hint: 'Add it to the entry\'s "needs" if that is right, or take the plugin out.',
  });
}

function notInstalled(name: string, { file, from }: EntryPlace): OrchestrateError {
  return new OrchestrateError({
    error: "plugin-not-installed",
    category: "input",
    detail: `${file} names ${name}, which is not installed in ${from} or above it.`,
    hint: `Run \`npm install ${name}\`, or take it out of plugins.json.`,
  });
}
