import { expect, it } from "vitest";
import { KeySteps } from "./key-steps.ts";

const shares = (...keys: string[]) => {
  const steps = new KeySteps();
  for (const key of keys) steps.add(key);
  return Object.values(steps.shares());
};

it("keys that end in rising numbers are told from those that come again, however long the numbers are", () => {
  expect(shares("k1", "k2", "k4", "x", "k5", "k5")).toEqual([5 / 6, 1 / 4, 1 / 5]);
  expect(shares("1234567890123456789", "1234567890123456789", "1234567890123456790")).toEqual([1, 1 / 2, 1 / 2]);
  const nines = "9".repeat(400);
  expect(shares(nines, nines, `1${"0".repeat(400)}`)).toEqual([1, 1 / 2, 1 / 2]);
  expect(shares("a", "b")).toEqual([0, 0, 0]);
});
