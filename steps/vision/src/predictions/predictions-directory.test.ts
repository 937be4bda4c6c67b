import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StepError } from "@orchestrate/sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { madePredictions } from "../fixtures/made-predictions.ts";
import { readPredictions } from "./read-predictions.ts";
import { takeRows } from "./take-rows.ts";
import { writePredictions } from "./write-predictions.ts";

const predictions = madePredictions("calib_fit", [0.1, 0.6, 0.9], [0, 1, 1]);
let path: string;
let target: { readonly path: string; file(relative: string): string };

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "vision-predictions-"));
  target = { path, file: (relative) => join(path, relative) };
  writePredictions(target, predictions);
});
afterEach(() => rmSync(path, { recursive: true }));

function refusal(): StepError {
  try {
    readPredictions(target, "calib_fit");
  } catch (error) {
    if (error instanceof StepError) return error;
  }
  throw new Error("the predictions were not refused");
}

describe("a directory of predictions", () => {
  it("is read as it was written", () => {
    expect(readPredictions(target, "calib_fit")).toEqual(predictions);
  });

  it("keeps numbers that aren't finite, for steps to refuse", () => {
    writePredictions(target, madePredictions("calib_fit", [Number.NaN], [1]));
    expect(readPredictions(target, "calib_fit").logits[1]).toBeNaN();
  });

  it.each([
    [
      "floats are missing",
      "logits.f32 has 4 bytes, its index says 24",
      () => writeFileSync(target.file("logits.f32"), new Uint8Array(4)),
    ],
    [
      "there are floats too many",
      "features.f32 has 25 bytes, its index says 24",
      () => appendFileSync(target.file("features.f32"), "x"),
    ],
    [
      "the index is another document",
      "index.json is not that of predictions",
      () => writeFileSync(target.file("index.json"), "{}"),
    ],
    [
      "labels are missing",
      "2 labels and 3 names do not go with 2 pictures",
      () => writePredictions(target, { ...predictions, labels: Uint8Array.of(0, 1), names: predictions.names }),
    ],
  ])("is refused where %s", (what, detail, damage) => {
    damage();
    const { error, category, detail: told, hint } = refusal().toEnvelope();
    expect({ error, category, hint }).toEqual({
      error: "predictions-malformed",
      category: "invariant",
      hint: "Wire predictions that vision/infer wrote.",
    });
    expect(told, what).toContain(`In the predictions at ${path}, `);
    expect(told).toContain(detail);
  });
});

describe("takeRows", () => {
  it("takes rows in the order given, each with all that belongs to it", () => {
    const taken = takeRows(predictions, [2, 0]);
    expect(taken.names).toEqual(["2.png", "0.png"]);
    expect([...taken.labels]).toEqual([1, 0]);
    expect([...taken.logits]).toEqual([...predictions.logits.subarray(4, 6), ...predictions.logits.subarray(0, 2)]);
    expect([...taken.features]).toEqual([
      ...predictions.features.subarray(4, 6),
      ...predictions.features.subarray(0, 2),
    ]);
  });
});
