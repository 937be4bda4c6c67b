import { realpathSync } from "node:fs";
import { resolve, sep } from "node:path";
import { OrchestrateError } from "@orchestrate/sdk";
import type { Plugin } from "./plugin.ts";
import type { PluginBlock } from "./plugin-package.ts";

interface Contributor {
  readonly name: string;
  readonly directory: string;
  /** The package.json, for errors. */
  readonly file: string;
  readonly block: PluginBlock;
}

/** The absolute paths of all modules that a plugin names; each is there, and inside the package. */
export function contributedFiles(
  contributor: Contributor,
): Pick<Plugin, "steps" | "services" | "executors" | "commands"> {
  const { block } = contributor;
  return {
    steps: modulesOf(block.steps, "step", contributor),
    services: new Map(
      Object.entries(block.services).map(([token, providers]) => [token, modulesOf(providers, token, contributor)]),
    ),
    executors: modulesOf(block.executors, "executor", contributor),
    commands: modulesOf(block.commands, "command", contributor),
  };
}

function modulesOf(
  files: Readonly<Record<string, string>>,
  role: string,
  contributor: Contributor,
): ReadonlyMap<string, string> {
  return new Map(Object.entries(files).map(([name, path]) => [name, moduleAt(path, `${role} "${name}"`, contributor)]));
}

function moduleAt(path: string, what: string, { name, directory, file }: Contributor): string {
  const lexical = resolve(directory, path);
  if (!isInside(lexical, directory)) throw escapes(path, what, name, file);
  const real = realPath(lexical);
  if (real === undefined) {
    throw new OrchestrateError({
      error: "plugin-file-missing",
      category: "input",
      detail: `The ${what} of ${name} should be at ${lexical}, which is not there (${file}).`,
      hint: `If the package is yours, build it (\`npm run build\` in ${directory}); else install it anew.`,
    });
  }
  if (!isInside(real, directory)) throw escapes(path, what, name, file);
  return real;
}

function isInside(path: string, directory: string): boolean {
  return path.startsWith(directory + sep);
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

function escapes(path: string, what: string, name: string, file: string): OrchestrateError {
  return new OrchestrateError({
    error: "plugin-path-escapes",
    category: "input",
    detail: `The ${what} of ${name} is at ${path}, which leads out of the package (${file}).`,
    hint: "A plugin can only name files of its own package. Do not use it until its author has corrected that.",
  });
}
