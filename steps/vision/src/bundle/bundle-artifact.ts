import { directory } from "@orchestrate/sdk";

/** What vision/export gives. */
export const bundleArtifact = directory("vision/bundle", "bundle");
