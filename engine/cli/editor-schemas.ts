import { z } from "@orchestrate/sdk";
import { PipelineDocument, ProfileDocument } from "../core/pipeline/pipeline-schema.ts";
import { PluginPackage } from "../io/plugins/plugin-package.ts";
import { PluginsFile } from "../io/plugins/read-plugins-file.ts";

/**
 * The JSON Schemas (draft 2020-12) of what people write, by name. They lie in `schemas/` beside the engine's bundle as
 * well, where an editor finds them: `plugin` is for the package.json of a plugin.
 */
export function editorSchemas(): Readonly<Record<"pipeline" | "profile" | "plugins" | "plugin", object>> {
  return {
    pipeline: z.toJSONSchema(PipelineDocument, { io: "input" }),
    profile: z.toJSONSchema(ProfileDocument, { io: "input" }),
    plugins: z.toJSONSchema(PluginsFile, { io: "input" }),
    plugin: z.toJSONSchema(PluginPackage, { io: "input" }),
  };
}
