import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The directory of the templates that `plugins new` writes from: beside the engine's bundle, or among its sources. */
export function pluginTemplates(): string {
  const beside = fileURLToPath(new URL("templates", import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL("../templates", import.meta.url));
}
