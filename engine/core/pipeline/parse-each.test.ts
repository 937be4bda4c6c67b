import { expect, it } from "vitest";
import { eachIssues } from "./parse-each.ts";

const list = (length: number) => Array.from({ length }, (_, index) => index);

it("a product of lists makes a million instances, and no more", () => {
  expect(eachIssues("fan", { a: list(1_000), b: list(1_000) })).toEqual([]);
  expect(eachIssues("fan", { a: list(1_000), b: list(1_001) })).toEqual([
    {
      path: ["phases", "fan", "each"],
      message: "makes 1001000 instances; 1000000 are the most.",
      hint: "Leave items out, or write the list of those that are meant.",
    },
  ]);
});
