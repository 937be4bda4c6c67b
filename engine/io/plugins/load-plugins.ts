import { dirname } from "node:path";
import { OrchestrateError } from "@orchestrate/sdk";
import { collision } from "./collision.ts";
import { findPluginsFile } from "./find-plugins-file.ts";
import type { Plugin } from "./plugin.ts";
import { PluginSet } from "./plugin-set.ts";
import { readPlugin } from "./read-plugin.ts";
import { readPluginsFile } from "./read-plugins-file.ts";

/**
 * Reads plugins.json, at the pipeline's root or above it, and what each package says of itself. No code of a plugin is
 * run. Without a plugins.json the set is empty.
 *
 * With `onProblem` every problem is handed over and what it concerns is left out; else the first one is thrown.
 * `onLook` is told of every path that decides what the plugins are, before it is read.
 *
 * @throws OrchestrateError (input) `plugins-file-invalid`, `plugin-not-installed`, `plugin-not-a-plugin`, `plugin-api`,
 * `plugin-file-missing`, `plugin-path-escapes`, `plugin-collision`, `plugin-version`; (policy) `plugin-needs-more`,
 * `plugin-integrity`.
 */
export async function loadPlugins(options: {
  readonly root: string;
  readonly onProblem?: (problem: OrchestrateError) => void;
  readonly onLook?: (path: string) => void;
}): Promise<PluginSet> {
  const { root, onProblem, onLook = () => {} } = options;
  const file = findPluginsFile(root, onLook);
  if (file === undefined) return new PluginSet(undefined, []);
  const plugins: Plugin[] = [];
  try {
    for (const entry of await readPluginsFile(file)) {
      try {
        plugins.push(addable(await readPlugin(entry, { file, from: dirname(file), onLook }), plugins, file));
      } catch (error) {
        report(error, onProblem);
      }
    }
  } catch (error) {
    report(error, onProblem);
  }
  return new PluginSet(file, plugins);
}

function addable(plugin: Plugin, before: readonly Plugin[], file: string): Plugin {
  for (const other of before) {
    const problem = collision(other, plugin, file);
    if (problem !== undefined) throw problem;
  }
  return plugin;
}

function report(error: unknown, onProblem: ((problem: OrchestrateError) => void) | undefined): void {
  if (onProblem === undefined || !(error instanceof OrchestrateError)) throw error;
  onProblem(error);
}
