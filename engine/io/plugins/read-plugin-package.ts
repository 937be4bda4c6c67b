import { readFileSync } from "node:fs";
import { join } from "node:path";
import { API, OrchestrateError } from "@orchestrate/sdk";
import { describeIssues } from "../../core/pipeline/pipeline-issue.ts";
import { parseBySchema } from "../../core/pipeline/schema-issues.ts";
import { locateIn } from "../config/locate-in.ts";
import { contributedFiles } from "./contributed-files.ts";
import type { Plugin } from "./plugin.ts";
import { PluginPackage } from "./plugin-package.ts";

/**
 * Reads what a package says of itself as a plugin. Runs none of its code.
 *
 * @throws OrchestrateError (input) `plugin-not-a-plugin`, `plugin-api`, `plugin-file-missing`, `plugin-path-escapes`.
 */
export async function readPluginPackage(name: string, directory: string): Promise<Plugin> {
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
      hint || `Correct the "orchestrate" block, or take ${name} out of plugins.json.`,
    );
  }
  const { version, description, orchestrate } = parsed.value;
  const files = contributedFiles({ name, directory, file, block: orchestrate });
  const { needs, examples } = orchestrate;
  return { name, version, description, directory, needs, examples: examples ?? null, options: {}, ...files };
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

function notAPlugin(name: string, file: string): OrchestrateError {
  const detail = `${name} is no plugin: ${file} has no "orchestrate" block with "api".`;
  return problem(
    "plugin-not-a-plugin",
    detail,
    `If it is yours, add "orchestrate": { "api": ${API} }; otherwise take it out of plugins.json, and uninstall it.`,
  );
}

function otherApi(name: string, file: string, api: unknown): OrchestrateError {
  const detail = `${name} was written for api ${JSON.stringify(api)} of plugins; this engine has api ${API} (${file}).`;
  const newer = typeof api === "number" && api > API;
  const hint = newer
    ? "Install a newer engine, or an older version of the plugin."
    : `Install a newer version of the plugin; if it is yours, bring it to api ${API} as docs/compatibility.md says.`;
  return problem("plugin-api", detail, hint);
}

function problem(error: string, detail: string, hint: string): OrchestrateError {
  return new OrchestrateError({ error, category: "input", detail, hint });
}
