import { createHash } from "node:crypto";
import type { MetadataRecord } from "../../plugins/metadata/src/record/metadata-record.ts";

/** Subjects that there are in all. */
export const SUBJECTS = 1_000;

/** The subject of a record. */
export function subjectOf(number: number): string {
  return `warehouse/public/table_${number % SUBJECTS}`;
}

/** Keys as the follower makes them begin with a time; those of others may come in no order. */
export type KeyOrder = "by time" | "in no order";

/** A record as loads emit it. */
export function madeRecord(number: number, keys: KeyOrder): MetadataRecord {
  const digest = createHash("sha256").update(String(number)).digest("hex");
  const time = new Date(Date.UTC(2026, 0, 1) + number).toISOString();
  return {
    key: keys === "by time" ? `${time}:sha256:${digest}:${number}` : `sha256:${digest}:${time}:${number}`,
    kind: Math.floor(number / SUBJECTS) % 2 === 0 ? "recon_result" : "schema_profile",
    subject: subjectOf(number),
    time,
    producer: "20261121T204235Z-k3f9/load",
    payload: { check: "row count", status: "pass", table: `table_${number % SUBJECTS}`, rows: number, seconds: 1.25 },
  };
}

/** Records from one number up to, and without, another, in batches. */
export function* madeBatches(
  from: number,
  to: number,
  size: number,
  keys: KeyOrder = "by time",
): Generator<readonly MetadataRecord[]> {
  for (let start = from; start < to; start += size) {
    yield Array.from({ length: Math.min(size, to - start) }, (_, index) => madeRecord(start + index, keys));
  }
}
