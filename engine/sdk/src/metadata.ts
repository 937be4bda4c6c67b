import { z } from "zod";
import { ndjson } from "./artifact.ts";
import { defineToken, type Token } from "./token.ts";

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

/**
 * Takes facts about data for the metadata gateway. Always provided by the engine. What a step emits is written to an
 * output of its phase, `metadata` (absent where nothing was emitted), and so is committed with the attempt or not at all,
 * reused with the phase, and never lost: a gateway gets it from there, at once where the pipeline has a follower for it,
 * or later. Equal records in equal order keep the phase's result equal, so leave times of the clock out of payloads.
 */
export interface Metadata {
  /** @throws StepError `output-invalid` where the record has not the form of one. */
  emit(record: EmittedRecord): Promise<void>;
  /** All of them, or where one has not the form of a record, none. */
  emitMany(records: readonly EmittedRecord[]): Promise<void>;
}

export const Metadata: Token<Metadata> = defineToken<Metadata>("orchestrate/metadata");

/** The output that a step which asks for `Metadata` has beside its own; nobody else may call one so. */
export const METADATA_OUTPUT = "metadata";

/** The kind of that output, by which a reader of manifests finds it. */
export const METADATA_KIND = "orchestrate/metadata";

export const metadataOutput = ndjson("metadata.ndjson", EmittedRecord, { kind: METADATA_KIND }).optional();
