import { describe, expect, it } from "vitest";
import { graphOf } from "../testing/graph-of.ts";
import { withAncestors, withDescendants } from "./graph.ts";

describe("what belongs to phases", () => {
  const graph = graphOf({
    a: {},
    b: { after: ["a"] },
    c: { inputs: { x: "a.log" } },
    d: { inputs: { x: "b.log", y: "c.log" } },
    e: { each: "list.items" },
    list: { outputs: { items: "items.json" } },
  });

  it.each([
    [["d"], ["a", "b", "c", "d"]],
    [
      ["b", "e"],
      ["a", "b", "e", "list"],
    ],
    [
      ["e", "a", "b"],
      ["a", "b", "e", "list"],
    ],
    [[], []],
  ])("%j: they and all before them", (names, found) => {
    expect([...withAncestors(graph, names)].sort()).toEqual(found);
  });

  it.each([
    [["a"], ["a", "b", "c", "d"]],
    [["list"], ["e", "list"]],
    [["d"], ["d"]],
  ])("%j: they and all after them", (names, found) => {
    expect([...withDescendants(graph, names)].sort()).toEqual(found);
  });

  it("is found along a chain of 10,000", () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `p${index}`);
    const chain = graphOf(
      Object.fromEntries(names.map((name, index) => [name, { after: names.slice(index - 1, index) }])),
    );
    expect(withAncestors(chain, ["p9999"]).size).toBe(10_000);
    expect(withDescendants(chain, ["p0"]).size).toBe(10_000);
  });
});
