import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packAsList } from "@publint/pack";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

/** What a package would be once it is published. */
export interface PackedPackage {
  /** Paths in the archive, relative to the package. */
  readonly files: ReadonlySet<string>;
  /** What publint finds wrong with its entries. */
  readonly problems: readonly { readonly severity: "error" | "warning"; readonly text: string }[];
}

/** Asks npm what it would pack, without running scripts, and publint about those files. Throws where npm can't tell. */
export async function packedPackage(directory: string): Promise<PackedPackage> {
  const files = await packAsList(directory, { packageManager: "npm", ignoreScripts: true });
  const packed = files.map((file) => ({ name: join(directory, file), data: readFileSync(join(directory, file)) }));
  const { messages, pkg } = await publint({ pkgDir: directory, pack: { files: packed }, level: "warning" });
  const problems = messages.map((message) => ({
    severity: message.type === "error" ? ("error" as const) : ("warning" as const),
    text: formatMessage(message, pkg, { color: false }) ?? message.code,
  }));
  return { files: new Set(files), problems };
}
