import type { OutputRecord } from "../schema/phase-manifest.ts";
import { digestFile, type SizedDigest } from "./digest-file.ts";
import { digestTree, type TreeDigest } from "./digest-tree.ts";

/** The digest of an artifact by its form: of a directory as a tree, of everything else as bytes. */
export async function digestArtifact(path: string, form: OutputRecord["form"]): Promise<SizedDigest | TreeDigest> {
  switch (form) {
    case "file":
    case "json":
    case "ndjson":
      return digestFile(path);
    case "directory":
      return digestTree(path);
  }
}
