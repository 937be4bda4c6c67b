import { writeFileSync } from "node:fs";
import { littleEndian } from "../little-endian.ts";
import type { Predictions } from "./predictions.ts";
import { type PredictionsIndex, predictionFiles } from "./predictions-index.ts";

/** Writes predictions as a directory; `target.file` joins a relative path. */
export function writePredictions(target: { file(relative: string): string }, predictions: Predictions): void {
  const { origin, model, classes, names, labels, logits, features, width } = predictions;
  const index: PredictionsIndex = {
    schema: "vision.predictions/1",
    origin,
    model,
    classes: [...classes],
    count: labels.length,
    width,
    names: [...names],
    labels: [...labels],
  };
  writeFileSync(target.file(predictionFiles.logits), littleEndian(logits));
  writeFileSync(target.file(predictionFiles.features), littleEndian(features));
  writeFileSync(target.file(predictionFiles.index), `${JSON.stringify(index)}\n`);
}
