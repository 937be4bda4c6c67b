import type { Page } from "../gateway.ts";
import type { RecordRow } from "../record/admit-records.ts";
import type { MetadataRecord } from "../record/metadata-record.ts";

/** A row of the table of records, whichever database it is in. */
export interface StoredRow extends RecordRow {
  /** Its place in the order in which records were stored. */
  readonly seq: number;
}

export function recordOf({ key, kind, subject, time, producer, payload }: StoredRow): MetadataRecord {
  return { key, kind, subject, time: new Date(time).toISOString(), producer, payload: JSON.parse(payload) };
}

/** A page of rows of which one more than `limit` was asked for. */
export function pageOf(rows: readonly StoredRow[], limit: number): Page {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { records: shown.map(recordOf), next: last === undefined ? null : `${last.time}:${last.seq}` };
}
