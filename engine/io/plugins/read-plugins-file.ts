import { readFileSync } from "node:fs";
import { OrchestrateError, z } from "@orchestrate/sdk";
import { describeIssues, type Issue } from "../../core/pipeline/pipeline-issue.ts";
import { parseBySchema } from "../../core/pipeline/schema-issues.ts";
import { locateIn } from "../config/locate-in.ts";
import { parseText } from "../config/parse-text.ts";
import { requirePlain } from "../config/require-plain.ts";
import { Need } from "./need.ts";
import { isRange } from "./satisfies.ts";

/** The name of an npm package. */
export const PackageName = z
  .string()
  .regex(/^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/, "Must be the name of an npm package");

/** One plugin that is on. */
export const PluginEntry = z.strictObject({
  name: PackageName,
  /** The versions that may be used; any where it is left out. */
  version: z
    .string()
    .refine(isRange, "Must be a version or a range, as 1.2.3, ^1.2.0, ~1.2.0, >=1.2.0 or *")
    .optional(),
  /** Handed to the plugin's parts. */
  options: z.record(z.string(), z.json()).default({}),
  /** The digest of the package's archive, as npm's lockfile has it; another one is refused. */
  integrity: z
    .string()
    .regex(/^sha(256|384|512)-[A-Za-z0-9+/]+=*$/, "Must be an integrity, as sha512-… of package-lock.json")
    .optional(),
  /** All that the plugin may need; where it is left out, whatever it asks for. */
  needs: z.array(Need).optional(),
});

export type PluginEntry = z.infer<typeof PluginEntry>;

/** plugins.json: the packages that are on, in order. A name alone means no range and no options. */
export const PluginsFile = z.strictObject({
  $schema: z.string().optional(),
  plugins: z.array(z.union([PackageName, PluginEntry])),
});

/** @throws OrchestrateError `plugins-file-invalid` (input), with the place of every fault. */
export async function readPluginsFile(file: string): Promise<readonly PluginEntry[]> {
  const text = readFileSync(file, "utf8");
  const locator = () => locateIn(text);
  const document = await parseText({ text, file, format: "json", error: code });
  await requirePlain(document, { file, locator, error: code });
  const parsed = parseBySchema(PluginsFile, document);
  const issues = "issues" in parsed ? parsed.issues : repeated(parsed.value.plugins);
  if ("value" in parsed && issues.length === 0) {
    return parsed.value.plugins.map((entry) => (typeof entry === "string" ? { name: entry, options: {} } : entry));
  }
  const { detail, hint } = describeIssues(issues, file, await locator());
  throw new OrchestrateError({ error: code, category: "input", detail, hint: hint || `Correct ${file}.` });
}

const code = "plugins-file-invalid";

function repeated(plugins: readonly (string | PluginEntry)[]): readonly Issue[] {
  const seen = new Set<string>();
  return plugins.flatMap((entry, index) => {
    const name = typeof entry === "string" ? entry : entry.name;
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [{ path: ["plugins", index], message: `"${name}" stands twice.`, hint: "Leave one of them out." }];
  });
}
