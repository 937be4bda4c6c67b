import type { WorkloadDna } from "./workload-dna.ts";

/** Keys that are equally hot. */
export interface KeyGroup {
  readonly keys: number;
  /** Rows of each; of keys that are not counted one by one their mean. */
  readonly rows: number;
}

type KeySpread = Pick<WorkloadDna, "key_entropy_bits" | "key_entropy_normalised" | "coverage_targets">;

/** How the rows of a workload spread over its keys. */
export function keySpread(groups: readonly KeyGroup[]): KeySpread {
  const total = groups.reduce((sum, { keys, rows }) => sum + keys * rows, 0);
  const keys = groups.reduce((sum, group) => sum + group.keys, 0);
  const bits = groups.reduce(
    (sum, group) => sum - group.keys * (group.rows / total) * Math.log2(group.rows / total),
    0,
  );
  const descending = groups.toSorted((a, b) => b.rows - a.rows);
  return {
    key_entropy_bits: bits,
    key_entropy_normalised: Math.min(1, bits / Math.log2(Math.max(2, keys))),
    coverage_targets: {
      p50: keysFor(0.5 * total, descending),
      p80: keysFor(0.8 * total, descending),
      p95: keysFor(0.95 * total, descending),
    },
  };
}

/** The fewest keys that have so many rows. */
function keysFor(rows: number, descending: readonly KeyGroup[]): number {
  let [keys, left] = [0, rows];
  for (const group of descending) {
    const wanted = Math.min(group.keys, Math.ceil(left / group.rows));
    if (wanted <= 0) break;
    keys += wanted;
    left -= wanted * group.rows;
  }
  return keys;
}
