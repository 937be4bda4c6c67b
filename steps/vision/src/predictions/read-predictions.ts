import { readFileSync } from "node:fs";
import { StepError } from "@orchestrate/sdk";
import type { SplitName } from "../images/split-kinds.ts";
import type { Predictions } from "./predictions.ts";
import { PredictionsIndex, predictionFiles } from "./predictions-index.ts";

/**
 * Reads a directory of predictions. The plan has compared kinds; what is wired by path has none, so the content is
 * asked too. Numbers may be such that no step can use them: see `checkScores`.
 *
 * @param name the split that they must be of.
 * @throws StepError `predictions-malformed` (invariant) where its files do not go together, and
 * `predictions-not-allowed` (policy) where they are of another split.
 */
export function readPredictions(
  source: { readonly path: string; file(relative: string): string },
  name: SplitName,
): Predictions {
  const index = readIndex(source);
  const { origin, model, classes, count, width, names, labels } = index;
  if (origin.split !== name) throw notAllowed(source.path, origin.split, name);
  if (labels.length !== count || names.length !== count) {
    throw malformed(source.path, `${labels.length} labels and ${names.length} names do not go with ${count} pictures`);
  }
  const logits = readFloats(source, predictionFiles.logits, count * 2);
  const features = readFloats(source, predictionFiles.features, count * width);
  return { origin, model, classes, names, labels: Uint8Array.from(labels), logits, features, width };
}

function readIndex(source: { readonly path: string; file(relative: string): string }): PredictionsIndex {
  try {
    return PredictionsIndex.parse(JSON.parse(readFileSync(source.file(predictionFiles.index), "utf8")));
  } catch (cause) {
    throw malformed(source.path, `${predictionFiles.index} is not that of predictions`, cause);
  }
}

function readFloats(
  source: { readonly path: string; file(relative: string): string },
  file: string,
  expected: number,
): Float32Array {
  const bytes = readFileSync(source.file(file));
  if (bytes.length !== expected * 4) {
    throw malformed(source.path, `${file} has ${bytes.length} bytes, its index says ${expected * 4}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Float32Array.from({ length: expected }, (_, at) => view.getFloat32(at * 4, true));
}

function notAllowed(path: string, found: SplitName, wanted: SplitName): StepError {
  return new StepError({
    error: "predictions-not-allowed",
    category: "policy",
    detail: `The predictions at ${path} are of ${found}; the step may see those of ${wanted} alone here.`,
    hint: `Wire the output ${wanted} of a vision/infer phase.`,
  });
}

function malformed(path: string, what: string, cause?: unknown): StepError {
  return new StepError(
    {
      error: "predictions-malformed",
      category: "invariant",
      detail: `In the predictions at ${path}, ${what}.`,
      hint: "Wire predictions that vision/infer wrote.",
    },
    { cause },
  );
}
