import type { Predictions } from "./predictions.ts";

/** The predictions at some positions, in the order given. */
export function takeRows(predictions: Predictions, rows: readonly number[]): Predictions {
  const { names, labels, logits, features, width } = predictions;
  return {
    ...predictions,
    names: rows.map((row) => names[row]!),
    labels: Uint8Array.from(rows, (row) => labels[row]!),
    logits: gather(logits, 2, rows),
    features: gather(features, width, rows),
  };
}

function gather(values: Float32Array, width: number, rows: readonly number[]): Float32Array {
  const taken = new Float32Array(rows.length * width);
  for (const [at, row] of rows.entries()) taken.set(values.subarray(row * width, (row + 1) * width), at * width);
  return taken;
}
