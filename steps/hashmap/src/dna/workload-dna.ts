import { json, z } from "@orchestrate/sdk";

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);
const Stats = z.strictObject({ count, min: count, max: count, mean: z.number(), stdev: z.number() });
const ByOperation = <T extends z.ZodType>(schema: T) => z.strictObject({ put: schema, get: schema, del: schema });

/** What a workload is like, `workload_dna.v1`. */
export const WorkloadDna = z.strictObject({
  schema: z.literal("workload_dna.v1"),
  file_size_bytes: count,
  total_rows: count,
  op_counts: ByOperation(count),
  op_mix: ByOperation(share),
  /** Share of puts and deletes. */
  mutation_fraction: share,
  /** Exact while `keys_exact`, otherwise an estimate by linear counting. */
  unique_keys_estimated: count,
  keys_exact: z.boolean(),
  /** Rows for each key. */
  key_space_depth: z.number().nonnegative(),
  /** In bytes, over all rows. */
  key_length_stats: Stats,
  /** In bytes, over all puts. */
  value_size_stats: Stats,
  /**
   * Shannon's entropy of the keys' shares, and its share of the greatest there could be. Estimates where keys are not
   * exact.
   */
  key_entropy_bits: z.number().nonnegative(),
  key_entropy_normalised: share,
  /** Counts are too low by at most rows / maxTrackedKeys where keys are not exact. */
  hot_keys: z.array(z.strictObject({ key: z.string(), count, share })),
  /** The fewest keys that have that share of the rows. Estimates where keys are not exact. */
  coverage_targets: z.strictObject({ p50: count, p80: count, p95: count }),
  /** Share of rows whose key ends in a number. */
  numeric_key_fraction: share,
  /** Share of those, after the first, whose number is the one before it and 1. */
  sequential_numeric_step_fraction: share,
  /** Share of rows, after the first, with the key of the row before. */
  adjacent_duplicate_fraction: share,
  /** Distinct keys, those that were counted to the end, by the low 12 bits of their hash. */
  bucket_counts: z.array(count).length(4096),
  bucket_percentiles: z.strictObject({ p50: count, p75: count, p90: count, p95: count, p99: count }),
  /** The fullest buckets with more than one key, at most 16, by their number in hex. */
  hash_collision_hotspots: z.record(z.string(), count),
  /** Buckets by how many keys they have. */
  collision_depth_histogram: z.record(z.string(), count),
  non_empty_buckets: count,
  max_bucket_depth: count,
});
export type WorkloadDna = z.infer<typeof WorkloadDna>;

export const dnaArtifact = json("dna.json", WorkloadDna, { kind: "hashmap/dna" });
