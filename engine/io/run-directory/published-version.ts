import { lstatSync, readlinkSync } from "node:fs";
import { basename } from "node:path";
import { type Digest, digestFile } from "@orchestrate/manifests";

/**
 * The version of what stands at a place where artifacts are published, as `shortVersion` tells it. Undefined where
 * nothing stands there that could have been published, or where it can't be looked at: nothing can be published there
 * then.
 */
export async function publishedVersion(to: string): Promise<string | undefined> {
  try {
    const stats = lstatSync(to);
    if (stats.isFile()) return shortVersion((await digestFile(to)).digest);
    return stats.isSymbolicLink() ? versionIn(readlinkSync(to), to) : undefined;
  } catch {
    return undefined;
  }
}

/** The 16 hex digits by which versions at one place are told apart. */
export function shortVersion(digest: Digest): string {
  return digest.slice("sha256:".length, "sha256:".length + 16);
}

/** The name beside `to` of the copy of a version that is published there. */
export function versionName(to: string, digest: Digest): string {
  return `.${basename(to)}.${shortVersion(digest)}`;
}

function versionIn(name: string, to: string): string | undefined {
  const prefix = `.${basename(to)}.`;
  return name.startsWith(prefix) ? name.slice(prefix.length) : undefined;
}
