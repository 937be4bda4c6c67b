import { z } from "@orchestrate/sdk";
import { TABLE_KINDS } from "./table.ts";

const powerOfTwo = z
  .number()
  .int()
  .min(8)
  .max(2 ** 24)
  .refine((value) => Number.isInteger(Math.log2(value)), "must be a power of two");

/** How a map is built, and when it changes. */
export const MapOptions = z.strictObject({
  /** `adaptive` begins as `startBackend` and switches; the others stay what they are and only grow and shrink. */
  backend: z.enum(["adaptive", ...TABLE_KINDS]).default("adaptive"),
  startBackend: z.enum(TABLE_KINDS).default("chaining"),
  /** `keyed` guards against keys that were crafted to collide, and costs some 15 ns for a short key. */
  hash: z.enum(["fast", "keyed"]).default("fast"),
  /** Buckets or slots at the start, and the fewest ever. */
  initialCapacity: powerOfTwo.default(64),
  /** Groups of a bucket that grew too long for one list. */
  groupsPerBucket: powerOfTwo.max(256).default(8),
  /**
   * Most entries that one operation moves while the map migrates, and most records that it looks at in a compaction.
   */
  incrementalBatch: z.number().int().min(1).max(65_536).default(64),
  /** Entries for each bucket above which a chained table is replaced. */
  maxLoadChaining: z.number().min(0.1).max(1).default(0.82),
  /** Entries for each slot above which an open table is replaced. */
  maxLoadRobinHood: z.number().min(0.1).max(0.95).default(0.85),
  /** Entries in one list above which an adaptive map leaves chaining. */
  maxGroupLength: z.number().int().min(4).max(64).default(8),
  /** Mean distance from home, in slots, above which an adaptive map leaves Robin Hood. */
  maxAverageProbe: z.number().min(1).max(64).default(6),
  /** Share of dead bytes in the arena at which it is compacted. */
  maxDeadRatio: z.number().min(0.05).max(0.95).default(0.25),
});
export type MapOptions = z.infer<typeof MapOptions>;
