import type { EmittedRecord } from "./emitted-record.ts";
import { defineToken, type Token } from "./token.ts";

/**
 * Takes facts about data for the metadata gateway. Always provided by the engine. What a step emits is written to an
 * output of its phase, `metadata` (absent where nothing was emitted), and so is committed with the attempt or not at
 * all, reused with the phase, and never lost: a gateway gets it from there, at once where the pipeline has a follower
 * for it, or later. Equal records in equal order keep the phase's result equal, so leave times of the clock out of
 * payloads.
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
