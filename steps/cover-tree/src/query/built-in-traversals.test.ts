import { describe, expect, it } from "vitest";
import { type Placement, placedPoints } from "../fixtures/arbitrary-points.ts";
import { distances } from "../fixtures/distances.ts";
import { opened, options, upTo } from "../fixtures/opened.ts";
import { buildTree } from "../tree/build-tree.ts";
import { automaticTraversals } from "./built-in-traversals.ts";
import { selectQueries } from "./select-queries.ts";
import { traversalContext } from "./traversal-context.ts";

/** What is chosen for the three nearest of every point. */
async function chosen(name: string, placement: Placement, count: number, dimension: number): Promise<string> {
  const points = placedPoints(placement, count, dimension, 1);
  const open = opened(distances[name]!, points);
  const settings = options(open.space.metric ? {} : { leafSize: Number.POSITIVE_INFINITY });
  const tree = await buildTree(open, upTo(count), upTo(count), settings);
  const { queries, ends } = selectQueries(tree.rows, 0, false, undefined);
  const context = traversalContext(open, tree, { kind: "nearest", k: 3 }, queries, ends);
  return automaticTraversals().select(context, expect.unreachable).name;
}

describe("the choice of a traversal", () => {
  it.each([
    ["euclidean", "normal", 4000, 2, "blocks"],
    ["angle", "clustered", 4000, 3, "blocks"],
    ["euclidean", "normal", 2000, 64, "filtered-scan"],
    ["matern52", "normal", 500, 3, "tiled-scan"],
    ["rbf", "normal", 2000, 2, "tree"],
    ["manhattan", "normal", 300, 3, "tree"],
    ["squared", "normal", 300, 3, "scan"],
  ] as const)("for %s, %s points, %i by %i, is %s…", async (name, placement, count, dimension, expected) => {
    expect(await chosen(name, placement, count, dimension)).toBe(expected);
  });
});
