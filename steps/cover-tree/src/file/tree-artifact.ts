import { file } from "@orchestrate/sdk";

/** A tree file (docs/formats/cover-tree.md). */
export const treeArtifact = file("cover-tree/tree", "tree.ct");
