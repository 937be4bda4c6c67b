import { readFileSync } from "node:fs";
import { join } from "node:path";
import { API, OrchestrateError } from "@orchestrate/sdk";
import { describeIssues } from "../../core/pipeline/pipeline-issue.ts";
import { parseBySchema } from "../../core/pipeline/schema-issues.ts";
import { locateIn } from "../config/locate-in.ts";
import { contributedFiles } from "./contributed-files.ts";
import { findPackage } from "./find-package.ts";
import type { Plugin } from "./plugin.ts";
import { PluginPackage } from "./plugin-package.ts";
import type { PluginEntry } from "./read-plugins-file.ts";
import { satisfies } from "./satisfies.ts";

/** Where an entry stands: the plugins.json, and the directory its packages are looked for from. */
export interface EntryPlace {
  readonly file: string;
  readonly from: string;
}

/** Reads what an installed package says of itself as a plugin. Runs none of its code. Throws as `loadPlugins` says. */
export async function readPlugin(entry: PluginEntry, place: EntryPlace): Promise<Plugin> {
  const { name } = entry;
  const directory = findPackage(name, place.from);
  if (directory === undefined) throw notInstalled(name, place);
  const file = join(directory, "package.json");
  const { manifest, text } = readManifest(name, file);
  const block = manifest.orchestrate;
  if (typeof block !== "object" || block === null || !("api" in block)) throw notAPlugin(name, file);
  if (block.api !== API) throw otherApi(name, file, block.api);
  const parsed = parseBySchema(PluginPackage, manifest);
  if ("issues" in parsed) {
    const { detail, hint } = describeIssues(parsed.issues, file, await locateIn(text));
    throw problem(
      "plugin-not-a-plugin",
      detail,
      hint || `Correct the "orchestrate" block, or take ${name} out of ${place.file}.`,
    );
  }
  const { version, description, orchestrate } = parsed.value;
  if (entry.version !== undefined && !satisfies(version, entry.version)) {
    const detail = `${name} is installed as ${version}, but ${place.file} wants ${entry.version}.`;
    throw problem(
      "plugin-version",
      detail,
      `Run \`npm install ${name}@${JSON.stringify(entry.version)}\`, or change the range.`,
    );
  }
  requireAllowed(entry, orchestrate.needs, place);
  const files = contributedFiles({ name, directory, file, block: orchestrate });
  return { name, version, description, directory, needs: orchestrate.needs, options: entry.options, ...files };
}

function readManifest(
  name: string,
  file: string,
): { readonly manifest: { readonly orchestrate?: unknown }; readonly text: string } {
  try {
    const text = readFileSync(file, "utf8");
    const manifest: unknown = JSON.parse(text);
    if (typeof manifest === "object" && manifest !== null) return { manifest, text };
    throw new TypeError("it holds no object");
  } catch (error) {
    const detail = `${file} can't be read: ${error instanceof Error ? error.message : String(error)}.`;
    throw problem("plugin-not-a-plugin", detail, `Install ${name} anew.`);
  }
}

function requireAllowed({ name, needs: allowed }: PluginEntry, needs: readonly string[], place: EntryPlace): void {
  const more = needs.filter((need) => allowed !== undefined && !allowed.includes(need));
  if (more.length === 0) return;
  throw new OrchestrateError({
    error: "plugin-needs-more",
    category: "policy",
    detail: `${name} needs ${more.map((need) => `"${need}"`).join(", ")}, which ${place.file} does not allow it.`,
    hint: 'Add it to the entry\'s "needs" if that is right, or take the plugin out.',
  });
}

function notInstalled(name: string, { file, from }: EntryPlace): OrchestrateError {
  const detail = `${file} names ${name}, which is not installed in ${from} or above it.`;
  return problem("plugin-not-installed", detail, `Run \`npm install ${name}\`, or take it out of plugins.json.`);
}

function notAPlugin(name: string, file: string): OrchestrateError {
  const detail = `${name} is no plugin: ${file} has no "orchestrate" block with "api".`;
  return problem(
    "plugin-not-a-plugin",
    detail,
    `Take it out of plugins.json; if it is yours, add "orchestrate": { "api": ${API} }.`,
  );
}

function otherApi(name: string, file: string, api: unknown): OrchestrateError {
  const detail = `${name} was written for api ${JSON.stringify(api)} of plugins; this engine has api ${API} (${file}).`;
  const newer = typeof api === "number" && api > API;
  return problem(
    "plugin-api",
    detail,
    newer ? "Install a newer engine, or an older version of the plugin." : "Install a newer version of the plugin.",
  );
}

function problem(error: string, detail: string, hint: string): OrchestrateError {
  return new OrchestrateError({ error, category: "input", detail, hint });
}
