import { expect, it } from "vitest";
import { chain, countBelow, fan, firstSources, layers, resultsOf } from "./graph.ts";

it.each([chain(200), fan(1_000), layers(100, 100)])(
  "$name is in topological order, with two needs at most",
  (graph) => {
    const seen = new Set<string>();
    for (const { id, needs } of graph.tasks) {
      expect(needs.every((need) => seen.has(need))).toBe(true);
      expect(needs.length).toBeLessThanOrEqual(2);
      seen.add(id);
    }
  },
);

it("adds up needs and source in their order", () => {
  // t0: (0 * 31 + 10); t1: (1 * 31 + 10); t2: (2 * 31 + 41); t3: ((3 * 31 + 103) * 31 + 11)
  expect([...resultsOf(chain(4), firstSources(chain(4))).values()]).toEqual([10, 41, 103, 6087]);
});

it("knows how many tasks rest on a source", () => {
  expect(countBelow(chain(200), new Set(["s0"]))).toBe(200);
  expect(countBelow(chain(200), new Set(["s150"]))).toBe(50);
  expect(countBelow(fan(1_000), new Set(["s7", "s8"]))).toBe(2);
  expect(countBelow(fan(1_000), new Set(["s0"]))).toBe(1_000);
  // From the first task of layer 90, each layer has one task more: 1 + 2 + … + 10.
  expect(countBelow(layers(100, 100), new Set(["s9000"]))).toBe(55);
});
