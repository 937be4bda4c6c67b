import { cpSync, existsSync, globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OrchestrateError } from "@orchestrate/sdk";
import { type NewPlugin, pluginManifest } from "./plugin-manifest.ts";

/** What the templates call the package and its family. */
const TEMPLATE = { name: "orchestrate-plugin-example", family: "example" };

/**
 * Writes a new plugin: the files of its language's template under its own names, and its package.json. Gives their paths,
 * relative and sorted.
 *
 * @param templates where the templates lie, each in a folder of its language's name
 * @throws OrchestrateError `directory-in-use` (input)
 */
export function writePlugin(plugin: NewPlugin, directory: string, templates: string): readonly string[] {
  if (existsSync(directory) && readdirSync(directory).length > 0) throw inUse(directory);
  mkdirSync(directory, { recursive: true });
  cpSync(join(templates, plugin.language), directory, { recursive: true });
  for (const entry of globSync("**/*.*", { cwd: directory, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) writeFileSync(path, renamed(readFileSync(path, "utf8"), plugin));
  }
  write(directory, "package.json", `${JSON.stringify(pluginManifest(plugin), null, 2)}\n`);
  write(directory, ".gitignore", "node_modules/\ndist/\n*.tgz\n");
  write(directory, ".vscode/settings.json", `${JSON.stringify(COMPLETION, null, 2)}\n`);
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();
}

/** An editor completes the block in package.json by the schema that comes with the engine. */
const COMPLETION = {
  "json.schemas": [
    { fileMatch: ["/package.json"], url: "./node_modules/@orchestrate/engine/dist/schemas/plugin.json" },
    { fileMatch: ["/plugins.json"], url: "./node_modules/@orchestrate/engine/dist/schemas/plugins.json" },
  ],
};

function renamed(text: string, { name, family }: NewPlugin): string {
  return text.replaceAll(TEMPLATE.name, name).replaceAll(`${TEMPLATE.family}/`, `${family}/`);
}

function write(directory: string, path: string, text: string): void {
  const file = join(directory, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
}

function inUse(directory: string): OrchestrateError {
  return new OrchestrateError({
    error: "directory-in-use",
    category: "input",
    detail: `${directory} is there already, and not empty.`,
    hint: "Choose another name, or remove it.",
  });
}
