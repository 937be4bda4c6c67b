import { readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { errnoOf } from "@orchestrate/manifests";

export interface ProfilePlaces {
  /** The pipeline's directory; its own profiles are in `profiles` below it. */
  readonly root: string;
  /** The directory of the profiles that come with the engine. */
  readonly builtIn: string;
}

export interface ProfileEntry {
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  readonly origin: "project" | "built-in";
}

/** The profiles there are: YAML and JSON files, by name; where both places have a name, the project's alone. */
export function listProfiles({ root, builtIn }: ProfilePlaces): readonly ProfileEntry[] {
  const byName = new Map<string, ProfileEntry>();
  for (const entry of [...entriesOf(join(root, "profiles"), "project"), ...entriesOf(builtIn, "built-in")]) {
    if (!byName.has(entry.name)) byName.set(entry.name, entry);
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function entriesOf(directory: string, origin: ProfileEntry["origin"]): ProfileEntry[] {
  return namesIn(directory).flatMap((file) => {
    const extension = extname(file);
    if (![".yaml", ".yml", ".json"].includes(extension)) return [];
    return [{ name: file.slice(0, -extension.length), file: join(directory, file), origin }];
  });
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch (error) {
    // A project without profiles of its own has no such directory.
    if (["ENOENT", "ENOTDIR"].includes(errnoOf(error) ?? "")) return [];
    throw error;
  }
}
