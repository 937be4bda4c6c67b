import { fastHash } from "../map/fast-hash.ts";
import { DELETE, GET, PUT, type RowBatch } from "../workload/row-batch.ts";
import { bucketSpread } from "./bucket-spread.ts";
import { KeyCounts } from "./key-counts.ts";
import { keySpread } from "./key-spread.ts";
import { KeySteps } from "./key-steps.ts";
import { RunningStats } from "./running-stats.ts";
import type { WorkloadDna } from "./workload-dna.ts";

export interface DnaOptions {
  /** How many of the hottest keys are named. */
  readonly topKeys: number;
  /** Keys that are counted exactly. */
  readonly maxTrackedKeys: number;
}

/** Reads a workload once. */
export async function analyzeWorkload(
  batches: AsyncIterable<RowBatch>,
  fileBytes: number,
  { topKeys, maxTrackedKeys }: DnaOptions,
): Promise<WorkloadDna> {
  const keys = new KeyCounts(maxTrackedKeys);
  const [keyLengths, valueSizes] = [new RunningStats(), new RunningStats()];
  const operations = [0, 0, 0];
  const steps = new KeySteps();
  for await (const batch of batches) {
    for (let row = 0; row < batch.count; row++) {
      const [start, end] = [batch.keyStarts[row]!, batch.keyEnds[row]!];
      const key = Buffer.from(batch.bytes.buffer, batch.bytes.byteOffset + start, end - start).toString();
      operations[batch.operations[row]!]!++;
      keys.add(key, fastHash(batch.bytes, start, end));
      keyLengths.add(end - start);
      if (batch.operations[row] === PUT) valueSizes.add(batch.valueEnds[row]! - batch.valueStarts[row]!);
      steps.add(key);
    }
  }
  const rows = operations.reduce((sum, count) => sum + count, 0);
  const of = (part: number, whole: number) => (whole <= 0 ? 0 : part / whole);
  const [put, get, del] = [operations[PUT]!, operations[GET]!, operations[DELETE]!];
  const counted = keys.descending();
  const unique = keys.unique();
  return {
    schema: "workload_dna.v1",
    file_size_bytes: fileBytes,
    total_rows: rows,
    op_counts: { put, get, del },
    op_mix: { put: of(put, rows), get: of(get, rows), del: of(del, rows) },
    mutation_fraction: of(put + del, rows),
    unique_keys_estimated: unique,
    keys_exact: keys.isExact,
    key_space_depth: of(rows, unique),
    key_length_stats: keyLengths.summary(),
    value_size_stats: valueSizes.summary(),
    ...keySpread(keys.groups()),
    hot_keys: counted.slice(0, topKeys).map(([key, count]) => ({ key, count, share: of(count, rows) })),
    ...steps.shares(),
    ...bucketSpread(counted.map(([key]) => hashOf(key))),
  };
}

function hashOf(key: string): number {
  const bytes = Buffer.from(key);
  return fastHash(bytes, 0, bytes.length);
}
