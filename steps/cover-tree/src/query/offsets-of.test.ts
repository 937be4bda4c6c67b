import { expect, it } from "vitest";
import { offsetsOf } from "./offsets-of.ts";

it("offsets are sums, and more neighbours than they can count are refused", () => {
  expect(offsetsOf(Int32Array.of(2, 0, 3))).toEqual(Int32Array.of(0, 2, 2, 5));
  expect(offsetsOf(Int32Array.of(2 ** 31 - 1))[1]).toBe(2 ** 31 - 1);
  expect(() => offsetsOf(Int32Array.of(2 ** 31 - 1, 1))).toThrow(
    "The queries have 2147483648 neighbours together, and at most 2147483647 can be written.",
  );
});
