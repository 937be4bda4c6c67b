import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { OrchestrateError } from "@orchestrate/sdk";
import { type Language, type NewPlugin, pluginManifest } from "./plugin-manifest.ts";

/** What the templates call the package and its family. */
const TEMPLATE = { name: "orchestrate-plugin-example", family: "example" };

/**
 * Writes a new plugin: the templates under its own names, and its package.json. Gives their paths, relative and sorted.
 *
 * @param templates the directory in which they lie
 * @throws OrchestrateError `directory-in-use` (input)
 */
export function writePlugin(plugin: NewPlugin, directory: string, templates: string): readonly string[] {
  if (existsSync(directory) && readdirSync(directory).length > 0) throw inUse(directory);
  const files = new Map([
    ["package.json", json(pluginManifest(plugin))],
    [".gitignore", "node_modules/\ndist/\n*.tgz\n"],
    [".vscode/settings.json", json(COMPLETION)],
  ]);
  for (const { template, path } of FILES[plugin.language]) {
    files.set(path, fitted(readFileSync(join(templates, template), "utf8"), plugin));
  }
  for (const [path, text] of files) write(join(directory, path), text);
  return [...files.keys()].sort();
}

/** Without types a module of TypeScript is one of JavaScript: the same templates serve both. */
const FILES: Readonly<Record<Language, readonly { readonly template: string; readonly path: string }[]>> = {
  typescript: [
    ...["count.ts", "count.test.ts", "examples.ts", "types.ts"].map((template) => ({
      template,
      path: `src/${template}`,
    })),
    ...["tsconfig.json", "README.md"].map((template) => ({ template, path: template })),
  ],
  javascript: [
    ...["count", "count.test", "examples"].map((name) => ({ template: `${name}.ts`, path: `${name}.js` })),
    { template: "README.md", path: "README.md" },
  ],
};

/** An editor completes the block in package.json by the schema that comes with the engine. */
const COMPLETION = {
  "json.schemas": [
    { fileMatch: ["/package.json"], url: "./node_modules/@orchestrate/engine/dist/schemas/plugin.json" },
    { fileMatch: ["/plugins.json"], url: "./node_modules/@orchestrate/engine/dist/schemas/plugins.json" },
  ],
};

function fitted(text: string, { name, family, language }: NewPlugin): string {
  const named = text.replaceAll(TEMPLATE.name, name).replaceAll(`${TEMPLATE.family}/`, `${family}/`);
  return language === "javascript" ? named.replaceAll(/from "(\.\/[^"]+)\.ts"/g, 'from "$1.js"') : named;
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
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
