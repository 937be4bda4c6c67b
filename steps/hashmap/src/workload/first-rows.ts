import type { RowBatch } from "./row-batch.ts";

/** The batches up to `rows` rows; the last one is cut short. */
export async function* firstRows(batches: AsyncIterable<RowBatch>, rows: number): AsyncGenerator<RowBatch, void, void> {
  let left = rows;
  for await (const batch of batches) {
    batch.count = Math.min(batch.count, left);
    left -= batch.count;
    yield batch;
    if (left === 0) return;
  }
}
