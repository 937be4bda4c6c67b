import type { WorkloadDna } from "./workload-dna.ts";

const HOTSPOTS = 16;

type BucketSpread = Pick<
  WorkloadDna,
  | "bucket_counts"
  | "bucket_percentiles"
  | "hash_collision_hotspots"
  | "collision_depth_histogram"
  | "non_empty_buckets"
  | "max_bucket_depth"
>;

/** How evenly hashes of distinct keys spread over 4,096 buckets, by their low 12 bits. */
export function bucketSpread(hashes: Iterable<number>): BucketSpread {
  const counts = new Array<number>(4096).fill(0);
  for (const hash of hashes) counts[hash & 4095]!++;
  const ascending = counts.toSorted((a, b) => a - b);
  const at = (share: number) => ascending[Math.ceil(share * ascending.length) - 1]!;
  const depths = new Map<number, number>();
  for (const count of ascending) depths.set(count, (depths.get(count) ?? 0) + 1);
  const hotspots = [...counts.entries()]
    .filter(([, count]) => count > 1)
    .sort(([, a], [, b]) => b - a)
    .slice(0, HOTSPOTS);
  return {
    bucket_counts: counts,
    bucket_percentiles: { p50: at(0.5), p75: at(0.75), p90: at(0.9), p95: at(0.95), p99: at(0.99) },
    hash_collision_hotspots: Object.fromEntries(
      hotspots.map(([bucket, count]) => [`0x${bucket.toString(16).padStart(3, "0")}`, count]),
    ),
    collision_depth_histogram: Object.fromEntries([...depths].map(([depth, buckets]) => [String(depth), buckets])),
    non_empty_buckets: counts.filter((count) => count > 0).length,
    max_bucket_depth: ascending.at(-1)!,
  };
}
