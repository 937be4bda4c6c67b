import { expect, it } from "vitest";
import { measure, summarize } from "./measure.ts";

it("takes medians and quartiles, between two neighbours where there is no middle", () => {
  expect(summarize("a", [5, 1, 3])).toEqual({ name: "a", median: 3, low: 2, high: 4 });
  expect(summarize("a", [4, 1])).toEqual({ name: "a", median: 2.5, low: 1.75, high: 3.25 });
  expect(summarize("a", [7])).toEqual({ name: "a", median: 7, low: 7, high: 7 });
});

it("goes round by round, each beginning with another, and prepares and checks every one", () => {
  const told: string[] = [];
  const contender = (name: string) => ({
    name,
    prepare: () => void told.push(`prepare ${name}`),
    run: () => void told.push(`run ${name}`),
    check: () => void told.push(`check ${name}`),
  });
  const timings = measure([contender("a"), contender("b")], { count: 2, warmUp: 1 });
  expect(timings.map(({ name }) => name)).toEqual(["a", "b"]);
  expect(told.filter((line) => line.startsWith("run")).map((line) => line.at(-1))).toEqual([
    "b",
    "a",
    "a",
    "b",
    "b",
    "a",
  ]);
  expect(told.slice(0, 3)).toEqual(["prepare b", "run b", "check b"]);
});

it("fails where a check does", () => {
  const lazy = {
    name: "lazy",
    run: () => {},
    check: () => {
      throw new Error("no output");
    },
  };
  expect(() => measure([lazy], { count: 1, warmUp: 0 })).toThrow("no output");
});
