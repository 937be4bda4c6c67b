import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { OrchestrateError } from "@orchestrate/sdk";
import { suggest } from "../../core/suggest.ts";
import { listProfiles, type ProfilePlaces } from "./list-profiles.ts";
import type { LoadedDocument } from "./load-document.ts";
import { locateIn } from "./locate-in.ts";
import { parseText } from "./parse-text.ts";
import { requirePlain } from "./require-plain.ts";

/**
 * Loads a profile by name; the project's own comes before the engine's.
 *
 * @throws OrchestrateError `profile-not-found` or `profile-unreadable`, both of category input.
 */
export async function loadProfile(name: string, places: ProfilePlaces): Promise<LoadedDocument> {
  const profiles = listProfiles(places);
  const found = profiles.find((profile) => profile.name === name);
  if (found === undefined) throw notFound(name, places, [...new Set(profiles.map((profile) => profile.name))]);
  const { file } = found;
  const text = readFileSync(file, "utf8");
  const error = "profile-unreadable";
  const document = await parseText({ text, file, format: file.endsWith(".json") ? "json" : "yaml", error });
  const locator = () => locateIn(text);
  await requirePlain(document, { file, locator, error });
  return { document, file, root: dirname(file), locator };
}

function notFound(name: string, { root }: ProfilePlaces, names: readonly string[]): OrchestrateError {
  return new OrchestrateError({
    error: "profile-not-found",
    category: "input",
    detail: `There is no profile "${name}" in ${root}/profiles, nor among the engine's own.`,
    hint: suggest(name, names) || `Make ${root}/profiles/${name}.yaml.`,
  });
}
