import { expect, it } from "vitest";
import { describeReproduction } from "./describe-reproduction.ts";

const causes = [
  { part: "code", field: "a.js", before: null, after: null },
  { part: "code", field: "b.js", before: null, after: null },
];

it("says of each phase whether it came out the same, and what else differs", () => {
  const text = describeReproduction({ colour: "off" }, "/runs/r", [
    { id: "dataset", verdict: "same", outputs: [], causes: [], untold: [] },
    { id: "split", verdict: "same", outputs: [], causes, untold: [] },
    { id: "train", verdict: "different", outputs: ["model", "log"], causes: [], untold: [] },
    { id: "load", verdict: "different", outputs: ["rows"], causes: [], untold: ["secrets", "outside"] },
    { id: "call", verdict: "different", outputs: ["rows"], causes, untold: ["secrets"] },
    { id: "sweep", verdict: "different", outputs: ["policy"], causes, untold: [] },
    { id: "count[a]", verdict: "missing", outputs: [], causes: [], untold: [] },
    { id: "count[b]", verdict: "different", outputs: [], causes: [], untold: [] },
  ]);
  expect(text.split("\n")).toEqual([
    "r: 2 of 8 phases gave the same results again",
    "  ✓  dataset",
    "  ✓  split     the same, though code differs",
    "  ✗  train     model, log differ, made of the same: the step is not deterministic",
    "  ✗  load      rows differs, made of the same: a secret is another one, or what it reads outside is, or the step is not deterministic",
    "  ✗  call      rows differs, and so does what it was made of: code",
    "  ✗  sweep     policy differs, and so does what it was made of: code",
    "  ✗  count[a]  was not made again",
    "  ✗  count[b]  was not there the first time",
  ]);
});
