import { describe, expect, it } from "vitest";
import { nearestName } from "./nearest-name.ts";

describe("nearestName", () => {
  it.each([
    ["inputs.txt", "inputs.text"],
    ["input.text", "inputs.text"],
    ["outputs.cuonts", "outputs.counts"],
    ["HOME", undefined],
    ["", undefined],
  ])("of %o is %o", (written, nearest) => {
    expect(nearestName(written, ["inputs.text", "outputs.counts", "seed"])).toBe(nearest);
  });

  it("knows no name where there is none", () => {
    expect(nearestName("a", [])).toBeUndefined();
  });
});
