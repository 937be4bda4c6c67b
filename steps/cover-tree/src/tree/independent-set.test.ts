import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Graph, graphOf } from "./graph.ts";
import { independentSet, rankOf } from "./independent-set.ts";

const graphs = fc.integer({ min: 2, max: 40 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    edges: fc.uniqueArray(
      fc.tuple(fc.nat({ max: size - 1 }), fc.nat({ max: size - 1 })).filter(([a, b]) => a < b),
      { maxLength: 120, selector: ([a, b]) => a * size + b },
    ),
    levels: fc.array(fc.integer({ min: -2, max: 2 }), { minLength: size, maxLength: size }),
    seed: fc.integer(),
  }),
);

describe("the maximal independent set", () => {
  it("is that of Luby's rounds with the same ranks, and is maximal and independent", () => {
    fc.assert(
      fc.property(graphs, ({ size, edges, levels, seed }) => {
        const graph = graphOf(
          size,
          edges.map(([a, b]) => ({ a, b })),
        );
        const points = levels.map((_, index) => index * 7);
        const ranks = Float64Array.from(levels, (level, index) => rankOf(level, points[index]!, seed));
        const chosen = independentSet(graph, ranks);
        expect([...chosen]).toEqual(rounds(graph, ranks));
        for (let vertex = 0; vertex < size; vertex++) {
          const isBeside = neighbours(graph, vertex).some((other) => chosen[other] === 1);
          expect(isBeside).toBe(chosen[vertex] === 0);
        }
        for (const [a, b] of edges) {
          if (levels[a]! > levels[b]!) expect(ranks[a]).toBeGreaterThan(ranks[b]!);
        }
      }),
    );
  });

  it("depends on the seed among candidates of one level", () => {
    const order = (seed: number) => {
      const ranks = Array.from({ length: 20 }, (_, point) => rankOf(0, point, seed));
      expect(new Set(ranks).size).toBe(20);
      return [...ranks.keys()].sort((a, b) => ranks[a]! - ranks[b]!);
    };
    expect(order(1)).not.toEqual(order(2));
  });
});

/** The reference: in each round those are chosen that outrank all their neighbours that are left. */
function rounds(graph: Graph, ranks: Float64Array): number[] {
  const chosen = Array<number>(ranks.length).fill(0);
  let left = new Set(ranks.keys());
  while (left.size > 0) {
    const rest = left;
    const winners = [...left].filter((vertex) =>
      neighbours(graph, vertex).every((other) => !rest.has(other) || ranks[other]! < ranks[vertex]!),
    );
    for (const vertex of winners) chosen[vertex] = 1;
    const gone = new Set(winners.flatMap((vertex) => [vertex, ...neighbours(graph, vertex)]));
    left = new Set([...left].filter((vertex) => !gone.has(vertex)));
  }
  return chosen;
}

function neighbours({ offsets, neighbours: all }: Graph, vertex: number): number[] {
  return [...all.subarray(offsets[vertex]!, offsets[vertex + 1]!)];
}
