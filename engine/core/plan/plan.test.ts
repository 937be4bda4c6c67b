import { expect, it } from "vitest";
import { countDecisions, type PlanEntry } from "./plan.ts";

const entry = (id: string): PlanEntry => ({
  id,
  phase: id,
  key: null,
  instance: undefined,
  facts: undefined,
  decision: { type: "pending", upstream: [] },
});

it("counts what a plan decides", () => {
  const entries = new Map([
    ["a", entry("a")],
    ["b", entry("b")],
  ]);
  expect(countDecisions({ selected: new Set(["a", "b"]), entries })).toEqual({ reuse: 0, run: 0, pending: 2 });
});
