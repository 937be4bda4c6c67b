import { builtInProfiles } from "../built-in-profiles.ts";
import { EXIT_STATUS } from "../exit-status.ts";
import type { CommandModule, Invocation } from "../invocation.ts";
import { locateRoot } from "../locate-root.ts";
import { readProfile } from "../read-profile.ts";
import { usageError } from "../report-error.ts";

interface DescribeOptions {
  readonly format?: string;
  readonly file?: string;
}

/** `orchestrate profile describe NAME`: the whole profile, as YAML or JSON. */
export const run: CommandModule["run"] = async (invocation, [name = ""], given) => {
  const options = given as DescribeOptions;
  const format = formatOf(invocation, options.format);
  const places = { root: await locateRoot(invocation, options), builtIn: builtInProfiles() };
  const profile = (await readProfile(name, places)).document;
  invocation.print(format === "json" ? JSON.stringify(profile, null, 2) : await toYaml(profile));
  return EXIT_STATUS.ok;
};

function formatOf(invocation: Invocation, format: string | undefined): "yaml" | "json" {
  if (format === undefined) return invocation.format === "json" ? "json" : "yaml";
  if (format === "yaml" || format === "json") return format;
  throw usageError(`--format ${format} is neither yaml nor json.`, "Write --format yaml, or --format json.");
}

async function toYaml(profile: unknown): Promise<string> {
  const { stringify } = await import("yaml");
  return stringify(profile).trimEnd();
}
