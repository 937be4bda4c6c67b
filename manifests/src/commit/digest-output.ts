import { digestKnownFile, type SizedDigest } from "../digest/digest-file.ts";
import { digestItems, type TreeDigest } from "../digest/digest-tree.ts";
import type { Digest } from "../schema/digest.ts";
import type { FoundOutput } from "./check-outputs.ts";
import type { KnownBytes } from "./commit-request.ts";

/**
 * The digest of an output as it lies in staging.
 *
 * @param carried files that need not be read, by path below the staging directory; one of another size is read.
 */
export async function digestOutput(
  { declared, absolute, stats, items }: FoundOutput,
  carried: Readonly<Record<string, KnownBytes>>,
): Promise<SizedDigest | TreeDigest> {
  const known = (path: string, size: number): Digest | undefined =>
    carried[path]?.size === size ? carried[path].digest : undefined;
  if (declared.form === "directory")
    return digestItems(absolute, items, (item) => known(`${declared.path}/${item.path}`, item.stats.size));
  const digest = known(declared.path, stats.size);
  return digest === undefined ? digestKnownFile(absolute, stats.size) : { digest, size: stats.size };
}
