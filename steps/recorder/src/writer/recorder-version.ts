import { readFileSync } from "node:fs";
import { z } from "@orchestrate/sdk";

const Package = z.object({ version: z.string() });

/** The version of this package, as its package.json says. */
export function recorderVersion(): string {
  return Package.parse(JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"))).version;
}
