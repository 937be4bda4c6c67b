import { API, z } from "@orchestrate/sdk";

const File = z.string().regex(/^\.\//, 'Must begin with "./"');
const familyName = /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/;
const plainName = /^[a-z][a-z0-9-]*$/;

/** What a plugin contributes: names to module files, relative to the package. */
export const PluginBlock = z.strictObject({
  /** The version of the contract with the engine. */
  api: z.literal(API),
  steps: named(familyName, "Must be named family/name, as text/word-count", File).default({}),
  services: named(
    familyName,
    "Must be a token of the form family/name, as vision/trainer",
    named(plainName, "Must be a lower-case name, as embedded", File),
  ).default({}),
  executors: named(plainName, "Must be a lower-case name, as cluster", File).default({}),
  commands: named(plainName, "Must be a lower-case name, as import-images", File).default({}),
  /** What it needs beyond its own files, as `network`. */
  needs: z.array(z.string()).default([]),
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
