import { expect, it } from "vitest";
import { NO_ROW } from "../layout/block-layout.ts";
import { countCandidates } from "./count-candidates.ts";

it("counts the rows before each end that are in the tree, not those that were deleted", () => {
  const rows = Int32Array.of(5, 1, 9);
  expect([0, 1, 2, 6, 9, NO_ROW].map((end) => countCandidates(rows, Int32Array.of(end)))).toEqual([0, 0, 1, 2, 2, 3]);
  expect(countCandidates(rows, Int32Array.of(9, NO_ROW))).toBe(5);
});
