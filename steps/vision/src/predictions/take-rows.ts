import type { Predictions } from "./predictions.ts";

/** The predictions at some positions, in the order given. */
export function takeRows(predictions: Predictions, rows: readonly number[]): Predictions {
  const { logits, features, width } = predictions;
  return {
    ...predictions,
    names: rows.map((row) => predictions.names[row]!),
    labels: Uint8Array.from(rows, (row) => predictions.labels[row]!),
    logits: Float32Array.from(rows.flatMap((row) => [logits[row * 2]!, logits[row * 2 + 1]!])),
    features: Float32Array.from(rows.flatMap((row) => [...features.subarray(row * width, (row + 1) * width)])),
  };
}
