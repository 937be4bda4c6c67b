import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryPoints, placedPoints } from "../fixtures/arbitrary-points.ts";
import { distances } from "../fixtures/distances.ts";
import { opened, options, upTo } from "../fixtures/opened.ts";
import { Surveyors } from "../threads/surveyors.ts";
import { addLeaves } from "./add-leaves.ts";
import { type Candidate, candidateOf } from "./candidate.ts";
import { everyPair } from "./conflict-graph.ts";
import { type Growth, newGrowth } from "./growth.ts";
import { independentSet, rankOf } from "./independent-set.ts";
import { measure } from "./outline.ts";
import { MOST_PICKS } from "./picking.ts";
import { startRound } from "./start-round.ts";
import { thinLeaves } from "./thin-leaves.ts";
import { candidatesOf, foundAt, thinningAt } from "./thinning.ts";

describe("the thinning of a node's leaves", () => {
  it("picks a maximal independent set of their conflict graph, and knows the nearest pick of each", async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryPoints,
        fc.constantFrom(1.3, 2),
        fc.nat(),
        async ({ placement, count, dimension, seed }, base, salt) => {
          const growth = await allLeaves(base, placedPoints(placement, Math.min(count, 200), dimension, seed));
          const leaves = looseLeaves(growth);
          const graph = everyPair(growth, leaves);
          const ranks = Float64Array.from(leaves, ({ level, point }) => rankOf(level, point, salt));
          const chosen = independentSet(graph, ranks);
          const expected = [...leaves.keys()]
            .filter((place) => chosen[place] === 1)
            .sort((a, b) => ranks[b]! - ranks[a]!)
            .slice(0, MOST_PICKS);

          const { picks, nearest, lengths } = thinned(growth, 0, salt);
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

  it("is none where the picks settle fewer leaves than they should", async () => {
    const apart = {
      count: 12,
      dimension: 12,
      values: Float64Array.from({ length: 144 }, (_, at) => (at % 13 === 0 ? 1 : 0)),
    };
    expect(thinned(await allLeaves(2, apart), 4, 1).picks).toHaveLength(0);
    expect(thinned(await allLeaves(2, apart), 0, 1).picks).toHaveLength(11);
  });
});

/** A tree of a root and leaves, which is crowded where it has some. */
async function allLeaves(base: number, points: Parameters<typeof opened>[1]): Promise<Growth> {
  const growth = newGrowth(opened(distances.euclidean!, points), base, Number.POSITIVE_INFINITY);
  await using surveyors = new Surveyors(growth, points.count, options());
  await addLeaves(growth, upTo(points.count), surveyors);
  growth.limits[growth.root] = 0;
  return growth;
}

/** How the leaves of the root thin out. */
function thinned(growth: Growth, share: number, seed: number) {
  startRound(growth, new Set([growth.root]));
  growth.desk.pickCounts[0] = thinLeaves(growth, thinningAt(growth.desk, 0), share, seed);
  const thinning = foundAt(growth.desk, 0);
  return { ...thinning, picks: candidatesOf(growth, thinning) };
}

function looseLeaves(growth: Growth): readonly Candidate[] {
  const loose = growth.leaves[growth.root]!.filter((point) => growth.distances[point]! > 0);
  return loose.map((point) => candidateOf(growth, point));
}
