import { z } from "zod";
import { ndjson } from "./artifact.ts";
import { METADATA_KIND } from "./metadata.ts";

/** A record as a step emits it. When it was so and who says it, the gateway takes from the phase's manifest. */
export const EmittedRecord = z.strictObject({
  /** What kind of fact it is, as `recon_result`; it decides the payload's schema and how long the record is kept. */
  kind: z.string().regex(/^[a-z][a-z0-9_./-]{0,99}$/, "must be lower-case letters, digits and _ . / -"),
  /** What it is about: names from the widest to the narrowest, joined by `/`, as `warehouse/public/orders`. */
  subject: z.string().min(1).max(1024),
  payload: z.record(z.string(), z.json()),
  /**
   * The idempotency key: of two records with one key only the first is kept. Left out, each committed record is one of
   * its own; give it where several runs may tell the same fact.
   */
  key: z.string().min(1).max(512).optional(),
});

export type EmittedRecord = z.input<typeof EmittedRecord>;

/** The declaration of the output `METADATA_OUTPUT`. */
export const metadataOutput = ndjson("metadata.ndjson", EmittedRecord, { kind: METADATA_KIND }).optional();
