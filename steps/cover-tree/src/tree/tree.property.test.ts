import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryPoints, type Placement, placedPoints } from "../fixtures/arbitrary-points.ts";
import { distances } from "../fixtures/distances.ts";
import { opened, options, upTo } from "../fixtures/opened.ts";
import { batchOrder } from "../order/batch-order.ts";
import { takeRows } from "../points/take-rows.ts";
import { randomNumbers } from "../random/random-numbers.ts";
import type { OpenSpace } from "../space/open-space.ts";
import { buildTree } from "./build-tree.ts";
import { everyPair, pairsOfNearParents } from "./conflict-graph.ts";
import { type CoverTree, LEAF } from "./cover-tree.ts";
import { deletePoints, stayingOf } from "./delete-points.ts";
import { finishedTree } from "./finished-tree.ts";
import { type Growth, newGrowth } from "./growth.ts";
import type { BuildOptions, InsertOptions } from "./insert-options.ts";
import { insertPoints } from "./insert-points.ts";
import { restoreGrowth } from "./restore-growth.ts";
import { validateTree } from "./validate-tree.ts";

const metrics = ["euclidean", "chord", "angle", "pearson", "matern52", "rbf", "manhattan"] as const;

const choices = fc.record({
  distance: fc.constantFrom(...metrics),
  base: fc.constantFrom(1.1, 1.3, 2, 4),
  leafSize: fc.constantFrom(0, 1, 8, 32),
  order: fc.constantFrom("natural", "random", "hilbert"),
  schedule: fc.constantFrom<InsertOptions["schedule"]>(
    { kind: "doubling" },
    { kind: "adaptive", low: 0.15, high: 0.55, small: 1.25, medium: 1.75, large: 2.25 },
  ),
});

describe("a tree", () => {
  it("keeps its rules when it is built, grown and cut, whatever its points and options", async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryPoints,
        choices,
        async ({ placement, count, dimension, seed }, { distance, base, leafSize, order, schedule }) => {
          fc.pre(hasDirections(distance, placement, dimension));
          const points = placedPoints(placement, count, dimension, seed);
          const measure = distances[distance]!;
          const settings = options({ base, leafSize, schedule });
          const half = Math.ceil(points.count / 2);
          const open = opened(measure, points, { ...points, count: half });
          const { space } = open;
          const first = batchOrder(order, { ...points, count: half }, 0, seed);

          const built = finishedTree(await grown(open, half, first, settings), upTo(points.count));
          const known = { ...space, count: half };
          const firstHalf = {
            base,
            rows: built.rows.slice(0, half),
            levels: built.levels.slice(0, half),
            parents: built.parents.slice(0, half),
            radii: built.radii.slice(0, half),
          };
          expect(validateTree(firstHalf, known)).toEqual([]);
          expect(await buildTree({ ...open, space: known }, upTo(half), first, settings)).toEqual(firstHalf);

          const growth = restoreGrowth(open, firstHalf, settings);
          await insertPoints(growth, batchOrder(order, points, half, seed), settings);
          const whole = finishedTree(growth, upTo(points.count));
          expect(validateTree(whole, space)).toEqual([]);
          if (leafSize === 0) expect(looseLeaves(whole, space)).toEqual([]);

          const random = randomNumbers(seed);
          const removed = Uint8Array.from({ length: points.count }, () => (random.next() < 0.3 ? 1 : 0));
          removed[random.below(points.count)] = 0;
          const kept = opened(measure, takeRows(points, stayingOf(removed)), { ...points, count: half });
          const cut = await deletePoints(whole, kept, removed, settings);
          expect(validateTree(cut.tree, kept.space)).toEqual([]);
          expect([...cut.tree.rows]).toEqual([...upTo(points.count)].filter((row) => removed[row] === 0));
        },
      ),
      { numRuns: 90, seed: 4 },
    );
  });

  it("does not depend on how its conflict graphs are computed", async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryPoints,
        fc.constantFrom(0, 16),
        async ({ placement, count, dimension, seed }, leafSize) => {
          const points = placedPoints(placement, count, dimension, seed);
          const open = opened(distances.euclidean!, points);
          const [plain, fast] = await Promise.all(
            [everyPair, pairsOfNearParents].map((conflictGraph) =>
              buildTree(open, upTo(points.count), upTo(points.count), options({ leafSize, conflictGraph })),
            ),
          );
          expect(fast).toEqual(plain);
        },
      ),
      { numRuns: 40, seed: 4 },
    );
  });

  it("is checked by a validation that finds each kind of fault", async () => {
    const points = { count: 6, dimension: 1, values: Float64Array.of(0, 1, 2.5, 4, 9, 9) };
    const open = opened(distances.euclidean!, points);
    const { space } = open;
    const tree = await buildTree(open, upTo(6), upTo(6), options({ leafSize: 0 }));
    const rules = (changes: object) => validateTree({ ...tree, ...changes }, space).map(({ rule }) => rule);
    expect(rules({})).toEqual([]);
    expect(rules({ rows: upTo(5) })).toContain("shape");
    expect(rules({ parents: tree.parents.map(() => -1) })).toContain("shape");
    expect(rules({ levels: tree.levels.map(() => 3) })).toContain("nesting");
    expect(rules({ levels: tree.levels.map((level) => (level === LEAF ? level : level - 3)) })).toContain("covering");
    expect(rules({ levels: tree.levels.map((level) => (level === LEAF ? level : level + 5)) })).toContain("separation");
    expect(rules({ radii: tree.radii.map((radius) => radius / 2) })).toContain("radius");
  });
});

async function grown(open: OpenSpace, count: number, order: Int32Array, settings: BuildOptions): Promise<Growth> {
  const growth = newGrowth(open, settings.base, settings.leafSize);
  await insertPoints(growth, order.subarray(0, count), settings);
  return growth;
}

/** Leaves that are no duplicates of their parent. */
function looseLeaves(tree: CoverTree, space: { between(a: number, b: number): number }): number[] {
  return [...tree.levels.keys()].filter(
    (point) => tree.levels[point] === LEAF && space.between(point, tree.parents[point]!) > 0,
  );
}

/** Cosine and Pearson refuse rows of zeros and constant rows, which these placements have. */
function hasDirections(distance: (typeof metrics)[number], placement: Placement, dimension: number): boolean {
  if (distance === "pearson") return placement !== "gridded" && dimension > 1;
  return (distance !== "chord" && distance !== "angle") || placement !== "gridded";
}
