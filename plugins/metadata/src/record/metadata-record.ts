import { EmittedRecord, z } from "@orchestrate/sdk";

/** A fact at a time. Records are never changed: what is true later is another record. */
export const MetadataRecord = z.strictObject({
  /** The idempotency key, at most 512 characters: a record whose key is known already is not stored again. */
  key: z.string().min(1).max(512),
  /** What kind of fact it is; see `Kind`. */
  kind: EmittedRecord.shape.kind,
  /** What it is about: names from the widest to the narrowest, joined by `/`. Case counts. At most 1,024 characters. */
  subject: EmittedRecord.shape.subject,
  /** When it was so: ISO 8601, UTC, kept to the millisecond. */
  time: z.iso.datetime(),
  /** Who says so, as `20261121T204235Z-k3f9/load` or the name of a program. */
  producer: z.string().min(1).max(512),
  payload: EmittedRecord.shape.payload,
});

export type MetadataRecord = z.infer<typeof MetadataRecord>;
