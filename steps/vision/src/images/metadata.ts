import { ndjson, z } from "@orchestrate/sdk";

/** What is known of a picture besides its label, by column: weather, camera, hour of the day. */
export const Metadata = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export type Metadata = z.infer<typeof Metadata>;

/** One line a picture: `name`, its path in the image folder, and columns of any names. */
export const metadataArtifact = ndjson("metadata.ndjson", z.intersection(Metadata, z.object({ name: z.string() })), {
  kind: "vision/metadata",
});
