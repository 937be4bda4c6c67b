import type { Criteria } from "./record/criteria.ts";
import type { MetadataRecord } from "./record/metadata-record.ts";

/** What came of records that were emitted, in numbers that add up to all of them. */
export interface Receipt {
  readonly stored: number;
  /** Records whose key was known: stored before, and not again. */
  readonly known: number;
  /** Records so old that their kind's retention would remove them at once. */
  readonly expired: number;
}

/** Records, the newest first; `next` leads to those that follow, where there are more. */
export interface Page {
  readonly records: readonly MetadataRecord[];
  readonly next: string | null;
}

/** Takes records. */
export interface Emitter {
  /** As `emitMany` with one record. */
  emit(record: MetadataRecord): Promise<Receipt>;
  /**
   * Stores all records or none. When it resolves they are durable, through a loss of power too. A record whose key is
   * known is left as it was first stored.
   *
   * @throws OrchestrateError (input) `metadata-record-invalid`, `metadata-kind-unknown` or `metadata-key-conflict`,
   * where another record has that key: such records will never be taken. (io) `metadata-unreachable`: nobody knows
   * whether they were stored, and emitting them again is right. (policy) `metadata-unauthorized`.
   */
  emitMany(records: readonly MetadataRecord[]): Promise<Receipt>;
}

/**
 * Keeps records and answers questions. "Newest" is by `time`; of records of one millisecond, the one that was stored
 * last. All questions throw `metadata-query-invalid` (input) and `metadata-unreachable` (io).
 */
export interface Gateway extends Emitter {
  /** The newest record about a subject; of one kind, or of any. */
  latest(subject: string, kind?: string): Promise<MetadataRecord | undefined>;
  /** Records about a subject, the newest first, at most `limit` (1,000). */
  history(subject: string, kind?: string, limit?: number): Promise<readonly MetadataRecord[]>;
  /** Records that fit, the newest first, a page at a time. */
  query(criteria: Criteria): Promise<Page>;
  /** Removes records that are older than their kind's retention; gives how many. */
  prune(): Promise<number>;
  close(): Promise<void>;
}
