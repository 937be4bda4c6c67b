import { z } from "@orchestrate/sdk";
import { Digest } from "../digest.ts";
import { FittedOn } from "../lineage/fitted-on.ts";

/** `provenance.json`: the artifacts that a bundle was made from, as manifests name them, and what they rest on. */
export const Provenance = z.strictObject({
  schema: z.literal("vision.provenance/1"),
  model: z.strictObject({ digest: Digest, fitted_on: FittedOn }),
  policy: z.strictObject({ digest: Digest, fitted_on: FittedOn }),
  metrics: z.strictObject({ digest: Digest }).nullable(),
});
export type Provenance = z.infer<typeof Provenance>;
