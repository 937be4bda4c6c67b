import { fileURLToPath } from "node:url";

/** The directory of the profiles that come with the engine, beside its bundle. */
export function builtInProfiles(): string {
  return fileURLToPath(new URL("profiles", import.meta.url));
}
