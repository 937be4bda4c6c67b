import { file, z } from "@orchestrate/sdk";

/** The entries of a map, with a digest; see docs/formats/hashmap.md. */
export const snapshotArtifact = file("hashmap/snapshot", "map.snapshot");

/** Most bytes that a snapshot may have, and that it may unpack to. */
export const maxSnapshotBytes = z
  .number()
  .int()
  .positive()
  .default(256 * 2 ** 20);
