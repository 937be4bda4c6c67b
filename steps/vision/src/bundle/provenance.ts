import { z } from "@orchestrate/sdk";
import { FittedOn } from "../lineage/fitted-on.ts";

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** `provenance.json`: the artifacts that a bundle was made from, as manifests name them, and what they rest on. */
export const Provenance = z.strictObject({
  schema: z.literal("vision.provenance/1"),
  model: z.strictObject({ digest, fitted_on: FittedOn }),
  policy: z.strictObject({ digest, fitted_on: FittedOn }),
  metrics: z.strictObject({ digest }).nullable(),
});
export type Provenance = z.infer<typeof Provenance>;
