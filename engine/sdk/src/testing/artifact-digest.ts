import { createHash } from "node:crypto";
import { type Dirent, lstatSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { entriesBelow } from "./entries-below.ts";

/**
 * `sha256:` and 64 hex digits of what lies at `path`. A file's is that of its bytes, as the engine's. A directory's
 * covers names, types, executable bits and contents: equal trees have equal digests, but it is not the tree digest
 * that a manifest holds.
 */
export function artifactDigest(path: string): string {
  const stat = lstatSync(path);
  return `sha256:${stat.isDirectory() ? sha256(describe(path).join("\n")) : sha256(readFileSync(path))}`;
}

function describe(root: string): string[] {
  return entriesBelow(root).map(({ path, entry }) => JSON.stringify([path, ...content(join(root, path), entry)]));
}

function content(path: string, entry: Dirent): readonly string[] {
  if (entry.isDirectory()) return ["directory"];
  if (entry.isSymbolicLink()) return ["link", readlinkSync(path)];
  return ["file", (lstatSync(path).mode & 0o111) === 0 ? "" : "exec", sha256(readFileSync(path))];
}

function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}
