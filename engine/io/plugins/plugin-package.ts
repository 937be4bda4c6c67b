import { API, z } from "@orchestrate/sdk";
import { Need } from "./need.ts";

const File = z.string().regex(/^\.\//, 'Must begin with "./"');
const familyName = /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/;
const plainName = /^[a-z][a-z0-9-]*$/;

/** What a plugin contributes: names to module files, relative to the package. */
export const PluginBlock = z.strictObject({
  api: z.literal(API).describe("The version of the contract with the engine."),
  steps: named(familyName, "Must be named family/name, as text/word-count", File)
    .default({})
    .describe("Steps: family/name to the module whose default export defineStep made."),
  services: named(
    familyName,
    "Must be a token of the form family/name, as vision/trainer",
    named(plainName, "Must be a lower-case name, as embedded", File),
  )
    .default({})
    .describe("Services: token to the names of its providers to the modules whose default export defineService made."),
  executors: named(plainName, "Must be a lower-case name, as cluster", File)
    .default({})
    .describe("Executors: name to module."),
  commands: named(plainName, "Must be a lower-case name, as import-images", File)
    .default({})
    .describe("Commands: name to the module whose default export defineCommand made."),
  needs: z
    .array(Need)
    .default([])
    .describe("What it needs beyond its own files: network, child-processes, env:NAME, files:PLACE."),
  examples: File.optional().describe(
    "The module whose default export defineExamples made: with it `orchestrate plugins check` runs the conformance suite.",
  ),
});

export type PluginBlock = z.infer<typeof PluginBlock>;

/** What the engine reads of a plugin's package.json. */
export const PluginPackage = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string().default(""),
  orchestrate: PluginBlock,
});

function named<T extends z.ZodType>(pattern: RegExp, message: string, value: T) {
  return z.record(z.string().regex(pattern, message), value);
}
