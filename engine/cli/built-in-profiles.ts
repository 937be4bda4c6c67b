import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The directory of the profiles that come with the engine: beside its bundle, or at the repository's root. */
export function builtInProfiles(): string {
  const beside = fileURLToPath(new URL("profiles", import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL("../../profiles", import.meta.url));
}
