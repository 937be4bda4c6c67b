import { describe, expect, it } from "vitest";
import { committedAfter, pinsOf } from "./committed-after.ts";

const [noon, second] = ["2026-11-21T12:00:00.000Z", "2026-11-21T12:00:01.000Z"];

describe("committedAfter", () => {
  it.each([
    ["the manifest says it, where nothing was taken up", {}, noon],
    ["the manifest says it, where what was taken up is earlier", { "train.model": "2026-11-21T11:59:59.000Z" }, noon],
    [
      "it is after what was taken up, where the clock was set back",
      { "train.model": second },
      "2026-11-21T12:00:01.001Z",
    ],
    ["it is after what was taken up in the same millisecond", { "train.model": noon }, "2026-11-21T12:00:00.001Z"],
    ["other phases do not matter", { "training.model": second, "load.state": second }, noon],
  ])("%s", (_title, pins, expected) => {
    expect(committedAfter("train", noon, pins)).toBe(expected);
  });
});

it("pinsOf leaves out what there was not, and what an older engine pinned without a time", () => {
  const pinned = { run: "r", path: "p", digest: "sha256:d", manifest: "sha256:m" };
  const previous = { "a.out": null, "b.out": pinned, "c.out": { ...pinned, committed: noon } };
  expect(pinsOf(previous)).toEqual({ "c.out": noon });
});
