import { expect, it } from "vitest";
import { keySpread } from "./key-spread.ts";

it.each([
  ["no key", [], 0, 0, [0, 0, 0]],
  ["one key", [{ keys: 1, rows: 9 }], 0, 0, [1, 1, 1]],
  ["two keys alike", [1, 1].map((keys) => ({ keys, rows: 5 })), 1, 1, [1, 2, 2]],
  ["four keys as one group", [{ keys: 4, rows: 2 }], 2, 1, [2, 4, 4]],
  [
    "a hot key among cold ones, whichever comes first",
    [
      { keys: 8, rows: 1 },
      { keys: 1, rows: 8 },
    ],
    2.5,
    2.5 / Math.log2(9),
    [1, 6, 9],
  ],
])("rows over %s", (_, groups, bits, normalised, [p50, p80, p95]) => {
  const spread = keySpread(groups);
  expect(spread.key_entropy_bits).toBeCloseTo(bits, 12);
  expect(spread.key_entropy_normalised).toBeCloseTo(normalised, 12);
  expect(spread.coverage_targets).toEqual({ p50, p80, p95 });
});
