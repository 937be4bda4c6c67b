import { expect, it } from "vitest";
import { describeReproduction } from "./describe-reproduction.ts";

const causes = [
  { part: "code", field: "a.js", before: null, after: null },
  { part: "code", field: "b.js", before: null, after: null },
];

it("says of each phase whether it came out the same, and what else differs", () => {
  const text = describeReproduction({ colour: "off" }, "/runs/r", [
    { id: "dataset", verdict: "same", outputs: [], causes: [] },
    { id: "split", verdict: "same", outputs: [], causes },
    { id: "train", verdict: "different", outputs: ["model", "log"], causes: [] },
    { id: "sweep", verdict: "different", outputs: ["policy"], causes },
    { id: "count[a]", verdict: "missing", outputs: [], causes: [] },
    { id: "count[b]", verdict: "different", outputs: [], causes: [] },
  ]);
  expect(text.split("\n")).toEqual([
    "r: 2 of 6 phases gave the same results again",
    "  ✓  dataset",
    "  ✓  split     the same, though code differs",
    "  ✗  train     model, log differ, made of the same: the step is not deterministic",
    "  ✗  sweep     policy differs, and so does what it was made of: code",
    "  ✗  count[a]  was not made again",
    "  ✗  count[b]  was not there the first time",
  ]);
});
