import type { z } from "@orchestrate/sdk";

/** A kind of record: what its payload must hold, and how long its records are kept. */
export interface Kind {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  readonly payload: z.ZodType;
  /** Days; null: for ever. */
  readonly retentionDays: number | null;
}
