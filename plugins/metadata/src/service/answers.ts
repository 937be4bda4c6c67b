import { z } from "@orchestrate/sdk";
import { MetadataRecord } from "../record/metadata-record.ts";

/** What came of records that were emitted; see `Receipt`. */
export const Counted = z.strictObject({ stored: z.int(), known: z.int(), expired: z.int() });

export const Found = z.strictObject({ record: MetadataRecord.nullable() });

export const Listed = z.strictObject({ records: z.array(MetadataRecord) });

export const Paged = Listed.extend({ next: z.string().nullable() });

export const Pruned = z.strictObject({ removed: z.int() });

/** What every error is answered with. */
export const Refused = z.strictObject({ error: z.string(), detail: z.string(), hint: z.string() });
