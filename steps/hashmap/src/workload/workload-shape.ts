import { z } from "@orchestrate/sdk";

const share = z.number().min(0).max(1);

/** What a generated workload is made of. */
export const WorkloadShape = z.strictObject({
  /** Rows. */
  ops: z.number().int().min(1).max(50_000_000),
  /** Share of rows that are gets. */
  readRatio: share,
  /** Share of the other rows that are deletes. */
  delRatio: share,
  /** Zipf exponent of the keys; 0 is uniform. */
  keySkew: z.number().min(0).max(10),
  /** Distinct keys, at most. */
  keySpace: z.number().int().min(1).max(20_000_000),
  /** Share of rows whose key has the low bits of its number cleared. */
  adversarialRatio: share,
  /** How many bits that clears. */
  adversarialLowBits: z.number().int().min(0).max(24),
  /** Share of rows whose key is one of 256 that all have one hash in a map without a keyed hash. */
  collisionRatio: share,
});
export type WorkloadShape = z.infer<typeof WorkloadShape>;

/** A workload of no name of its own. */
export const PLAIN: WorkloadShape = {
  ops: 100_000,
  readRatio: 0.8,
  delRatio: 0.2,
  keySkew: 0,
  keySpace: 10_000,
  adversarialRatio: 0,
  adversarialLowBits: 6,
  collisionRatio: 0,
};
