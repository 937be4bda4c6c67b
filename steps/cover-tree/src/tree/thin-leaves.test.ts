import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryPoints, placedPoints } from "../fixtures/arbitrary-points.ts";
import { distances } from "../fixtures/distances.ts";
import { opened, upTo } from "../fixtures/opened.ts";
import { addLeaves } from "./add-leaves.ts";
import type { Candidate } from "./candidate.ts";
import { everyPair } from "./conflict-graph.ts";
import { type Growth, measure, newGrowth } from "./growth.ts";
import { independentSet, rankOf } from "./independent-set.ts";
import { MOST_PICKS, thinLeaves } from "./thin-leaves.ts";

describe("the thinning of a node's leaves", () => {
  it("picks a maximal independent set of their conflict graph, and knows the nearest pick of each", () => {
    fc.assert(
      fc.property(
        arbitraryPoints,
        fc.constantFrom(1.3, 2),
        fc.nat(),
        ({ placement, count, dimension, seed }, base, salt) => {
          const growth = allLeaves(base, placedPoints(placement, Math.min(count, 200), dimension, seed));
          const leaves = looseLeaves(growth);
          const graph = everyPair(growth, leaves);
          const ranks = Float64Array.from(leaves, ({ level, point }) => rankOf(level, point, salt));
          const chosen = independentSet(graph, ranks);
          const expected = [...leaves.keys()]
            .filter((place) => chosen[place] === 1)
            .sort((a, b) => ranks[b]! - ranks[a]!)
            .slice(0, MOST_PICKS);

          const { picks, nearest, lengths } = thinLeaves(growth, growth.root, 0, salt)!;
          expect(picks).toEqual(expected.map((place) => leaves[place]));
          for (const place of leaves.keys()) {
            const edges = [...graph.neighbours.keys()].slice(graph.offsets[place], graph.offsets[place + 1]);
            const toPicks = edges.filter((edge) => expected.includes(graph.neighbours[edge]!));
            const toPoints = toPicks.map((edge) => leaves[graph.neighbours[edge]!]!.point);
            const least = Math.min(...toPoints.map((point) => measure(growth, leaves[place]!.point, point)));
            expect(lengths[place]).toBe(expected.includes(place) ? 0 : least);
            if (nearest[place]! < 0) expect(toPicks).toEqual([]);
            else if (expected.includes(place)) expect(picks[nearest[place]!]).toEqual(leaves[place]);
            else expect(toPicks.map((edge) => graph.neighbours[edge]!)).toContain(expected[nearest[place]!]);
          }
        },
      ),
      { numRuns: 60, seed: 4 },
    );
  });

  it("is none where the picks settle fewer leaves than they should", () => {
    const apart = {
      count: 12,
      dimension: 12,
      values: Float64Array.from({ length: 144 }, (_, at) => (at % 13 === 0 ? 1 : 0)),
    };
    expect(thinLeaves(allLeaves(2, apart), 0, 4, 1)).toBeUndefined();
    expect(thinLeaves(allLeaves(2, apart), 0, 0, 1)?.picks).toHaveLength(11);
  });
});

/** A tree of a root and leaves. */
function allLeaves(base: number, points: Parameters<typeof opened>[1]): Growth {
  const growth = newGrowth(opened(distances.euclidean!, points).space, base, Number.POSITIVE_INFINITY);
  addLeaves(growth, upTo(points.count));
  return growth;
}

function looseLeaves({ leaves, root, distances: apart, scale }: Growth): readonly Candidate[] {
  const loose = leaves[root]!.filter((point) => apart[point]! > 0);
  return loose.map((point) => {
    const level = scale.levelBelow(apart[point]!);
    return { point, parent: root, distance: apart[point]!, level, reach: scale.reach(level) };
  });
}
