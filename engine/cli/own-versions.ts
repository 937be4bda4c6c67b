import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What this engine is made of, by its package.json, which lies above its bundle as above its sources. */
export interface OwnVersions {
  readonly engine: string;
  readonly sdk: string;
  readonly zod: string;
}

export function ownVersions(): OwnVersions {
  const file = fileURLToPath(new URL("../package.json", import.meta.url));
  const { version, dependencies } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly version: string;
    readonly dependencies: Readonly<Record<"@orchestrate/sdk" | "zod", string>>;
  };
  return { engine: version, sdk: dependencies["@orchestrate/sdk"], zod: dependencies.zod };
}
