import { describe, expect, it } from "vitest";
import { nearest, suggest } from "./suggest.ts";

describe("the nearest name", () => {
  it.each([
    ["trian", ["train", "sweep"], "train"],
    ["Train", ["train"], "train"],
    ["train", ["TRAIN"], "TRAIN"],
    ["TRAIN", ["train"], "train"],
    ["sweeps", ["train", "sweep"], "sweep"],
    ["x", ["y", "z"], "y"],
    // One letter too many, one too few: at a length at which no more than one may be wrong.
    ["rates", ["rate"], "rate"],
    ["rat", ["rate"], "rate"],
    ["rate", ["rating"], undefined],
    ["rati", ["rating"], "rating"],
    ["swoop", ["sweep"], undefined],
    ["ab", ["cd"], undefined],
    // Letters that are turned round count once, and only where both are.
    ["ab", ["ba"], "ba"],
    ["ab", ["bc"], undefined],
    ["ab", ["ca"], undefined],
    ["abxyz", ["bapqz"], undefined],
    ["images", ["predictions", "policy"], undefined],
    ["a", [], undefined],
  ])("to %s among %j is %s", (wrong, names, near) => {
    expect(nearest(wrong, names)).toBe(near);
  });
});

describe("a suggestion", () => {
  it.each([
    ["trian", ["train"], 'Did you mean "train"?'],
    ["images", ["policy"], 'There is "policy".'],
    ["images", ["policy", "predictions"], 'There are "policy", "predictions".'],
    ["images", [], ""],
  ])("for %s among %j", (wrong, names, text) => {
    expect(suggest(wrong, names)).toBe(text);
  });

  it("shows eight names at most", () => {
    const names = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    expect(suggest("predictions", names)).toBe(
      'There are "one", "two", "three", "four", "five", "six", "seven", "eight", ….',
    );
  });
});
