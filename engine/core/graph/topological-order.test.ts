import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { topologicalOrder } from "./topological-order.ts";

const order = (dependencies: Readonly<Record<string, readonly string[]>>) =>
  topologicalOrder(new Map(Object.entries(dependencies)));

describe("a topological order", () => {
  it.each<[dependencies: Record<string, string[]>, result: unknown]>([
    [{}, { order: [] }],
    [{ b: [], a: [] }, { order: ["b", "a"] }],
    [{ c: ["a", "b"], b: ["a"], a: [] }, { order: ["a", "b", "c"] }],
    [{ a: ["unknown"] }, { order: ["a"] }],
    [{ a: ["a"] }, { cycle: ["a", "a"] }],
    [{ x: ["a"], a: ["b"], b: ["c"], c: ["a"] }, { cycle: ["a", "b", "c", "a"] }],
  ])("of %j", (dependencies, result) => {
    expect(order(dependencies)).toEqual(result);
  });

  it("is there if a naive search finds one, and then fits every dependency", () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat({ max: 7 }), { maxLength: 3 }), { maxLength: 8 }), (lists) => {
        const graph = new Map(
          lists.map((list, index) => [String(index), list.map((each) => String(each % lists.length))]),
        );
        const found = topologicalOrder(graph);
        expect("order" in found).toBe(naive(graph));
        if ("cycle" in found) {
          expect(found.cycle.length).toBeGreaterThan(1);
          expect(found.cycle.at(-1)).toBe(found.cycle[0]);
          for (const [index, name] of found.cycle.slice(0, -1).entries()) {
            expect(graph.get(name)).toContain(found.cycle[index + 1]);
          }
          return;
        }
        expect([...found.order].sort()).toEqual([...graph.keys()].sort());
        for (const [name, needed] of graph) {
          for (const each of needed) expect(found.order.indexOf(each)).toBeLessThan(found.order.indexOf(name));
        }
      }),
    );
  });

  it("of a chain of 10,000, written last first, fits the stack", () => {
    const names = Array.from({ length: 10_000 }, (_, index) => String(index)).reverse();
    const chain = new Map(names.map((name) => [name, name === "0" ? [] : [String(Number(name) - 1)]]));
    expect(topologicalOrder(chain)).toEqual({ order: [...names].reverse() });
  });
});

/** Whether taking away all that depends on nothing, again and again, leaves nothing. */
function naive(graph: ReadonlyMap<string, readonly string[]>): boolean {
  const left = new Map(graph);
  for (;;) {
    const free = [...left].filter(([, needed]) => needed.every((name) => !left.has(name)));
    if (free.length === 0) return left.size === 0;
    for (const [name] of free) left.delete(name);
  }
}
