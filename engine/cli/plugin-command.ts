import { spawn } from "node:child_process";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import { loadPlugins } from "../io/plugins/load-plugins.ts";
import type { Invocation } from "./invocation.ts";
import { locateRoot } from "./locate-root.ts";
import { locateRuns } from "./locate-runs.ts";

/**
 * Runs a command that a plugin contributes, in a process of its own with the terminal attached.
 *
 * @returns its exit status, or undefined where no plugin has a command of that name.
 */
export async function runPluginCommand(invocation: Invocation, words: readonly string[]): Promise<number | undefined> {
  const at = words.findIndex((word) => !word.startsWith("-"));
  const [name, ...args] = words.slice(at);
  if (at < 0 || name === undefined) return undefined;
  const plugins = await loadPlugins({ root: await locateRoot(invocation, {}) });
  const found = plugins.command(name);
  if (found === undefined) return undefined;
  const entry = fileURLToPath(new URL("command.js", import.meta.url));
  const runsDirectory = await locateRuns(invocation, {});
  const order = { module: found.module, name, runsDirectory, options: found.plugin.options };
  const child = spawn(process.execPath, [entry, JSON.stringify(order), ...args], { stdio: "inherit" });
  // The terminal sends Ctrl-C to both; the command decides what it means.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => void child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (status, signal) => resolve(status ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
