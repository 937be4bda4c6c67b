import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryPoints, placedPoints } from "../fixtures/arbitrary-points.ts";
import { distances } from "../fixtures/distances.ts";
import { opened, options, upTo } from "../fixtures/opened.ts";
import { histories, treeWithHistory } from "../fixtures/tree-with-history.ts";
import { joinPoints } from "../points/join-points.ts";
import type { Distance } from "../space/distance.ts";
import { buildTree } from "../tree/build-tree.ts";
import { everyPair, pairsOfNearParents } from "../tree/conflict-graph.ts";
import type { InsertOptions } from "../tree/insert-options.ts";
import { answersOf } from "./answers.ts";
import { onlyTraversal } from "./built-in-traversals.ts";
import type { Ask } from "./collector.ts";
import { openSearch } from "./search-plan.ts";
import { selectQueries } from "./select-queries.ts";
import { traversalContext } from "./traversal-context.ts";

const kinds = ["blocks", "filtered-scan", "tree", "tiled-scan"] as const;
const orders = ["natural", "random", "hilbert"] as const;
const schedules: readonly InsertOptions["schedule"][] = [
  { kind: "doubling" },
  { kind: "adaptive", low: 0.15, high: 0.55, small: 1.25, medium: 1.75, large: 2.25 },
];

const questions = fc.record({
  distance: fc.constantFrom(...Object.keys(distances)),
  base: fc.constantFrom(1.3, 2),
  leafSize: fc.constantFrom(0, 4, 32),
  order: fc.constantFrom(...orders),
  schedule: fc.constantFrom(...schedules),
  conflictGraph: fc.constantFrom(everyPair, pairsOfNearParents),
  history: fc.constantFrom(...histories),
  /** A share of the points, or more than there are. */
  k: fc.constantFrom(0.01, 0.1, 0.5, 1, 2),
  radius: fc.constantFrom(undefined, undefined, 0, 0.3, 1.5),
  predecessor: fc.boolean(),
  outside: fc.boolean(),
});

describe("every way to find neighbours", () => {
  it("finds what the reference scan finds, to the last bit", async () => {
    const compared = new Set<string>();
    await fc.assert(
      fc.asyncProperty(arbitraryPoints, questions, async ({ placement, count, dimension, seed }, question) => {
        const directed = !["chord", "angle", "pearson"].includes(question.distance) || placement !== "gridded";
        fc.pre(directed && (question.distance !== "pearson" || dimension > 1));
        const all = placedPoints(placement, count, dimension, seed);
        const distance = distances[question.distance]!;
        const { base, order, schedule, conflictGraph, history } = question;
        const leafSize = isMetric(distance) ? question.leafSize : Number.POSITIVE_INFINITY;
        const settings = options({ base, leafSize, schedule, conflictGraph });
        const { tree, points } = await treeWithHistory(history, distance, all, order, seed, settings);
        // The reference takes its time: of many points not all are asked.
        const isOutside = question.outside || count > 600;
        const queries = isOutside ? placedPoints(placement, 20, points.dimension, seed + 1) : undefined;
        const open = opened(distance, queries === undefined ? points : joinPoints(points, queries, "queries"), all);
        const chosen = selectQueries(tree.rows, queries?.count ?? 0, !isOutside && question.predecessor, undefined);
        const ask: Ask =
          question.radius === undefined
            ? { kind: "nearest", k: Math.ceil(question.k * points.count) }
            : { kind: "within", radius: question.radius };
        const context = traversalContext(open, tree, ask, chosen.queries, chosen.ends);
        const search = (kind: Parameters<typeof context.plan>[0]) =>
          answersOf(openSearch(open.memory, open.kernels, context.plan(kind), ask), chosen.queries, chosen.ends);
        const { evaluations: _, ...reference } = search("scan");
        for (const kind of kinds) {
          if (!onlyTraversal(kind).serves(context)) continue;
          const { evaluations: counted, ...found } = search(kind);
          expect({ kind, ...found }).toEqual({ kind, ...reference });
          if (reference.rows.length > 0) expect(counted).toBeGreaterThan(0);
          for (const pair of pairsOf([kind, question.distance, order, schedule.kind, history])) compared.add(pair);
        }
      }),
      { numRuns: 250, seed: 7 },
    );
    expect(missingPairs(compared)).toEqual([]);
  });

  it.each([1, 3, 64, 256])("finds min(k, i) predecessors of row i in %i columns", async (dimension) => {
    const points = placedPoints("normal", 150, dimension, 5);
    const open = opened(distances.euclidean!, points);
    const tree = await buildTree(open, upTo(150), upTo(150), options());
    const { queries, ends } = selectQueries(tree.rows, 0, true, undefined);
    const context = traversalContext(open, tree, { kind: "nearest", k: 7 }, queries, ends);
    for (const kind of ["blocks", "filtered-scan", "tree", "scan"] as const) {
      const search = openSearch(open.memory, open.kernels, context.plan(kind), context.ask);
      const { counts, rows } = answersOf(search, queries, ends);
      expect([...counts]).toEqual(Array.from({ length: 150 }, (_, row) => Math.min(7, row)));
      let at = 0;
      for (const [row, count] of counts.entries()) {
        for (const found of rows.subarray(at, at + count)) expect(found).toBeLessThan(row);
        at += count;
      }
    }
  });
});

function isMetric(distance: Distance): boolean {
  return distance.kind !== "function" || distance.metric;
}

function pairsOf(choices: readonly string[]): string[] {
  return choices.flatMap((one, at) => choices.slice(at + 1).map((other) => `${one} and ${other}`));
}

/** Pairs that were not compared of a way, a distance it serves, an order, a schedule and a history. */
function missingPairs(compared: ReadonlySet<string>): readonly string[] {
  const choices = Object.entries(distances).flatMap(([name, distance]) =>
    waysOf(distance).flatMap((kind) =>
      orders.flatMap((order) =>
        schedules.flatMap((schedule) => histories.map((history) => [kind, name, order, schedule.kind, history])),
      ),
    ),
  );
  return [...new Set(choices.flatMap(pairsOf))].filter((pair) => !compared.has(pair));
}

/** The ways that serve a distance, beside the reference. */
function waysOf(distance: Distance): readonly string[] {
  if (distance.kind === "vectors") return ["blocks", "filtered-scan", "tree"];
  if (distance.kind === "residual") return ["tree", "tiled-scan"];
  return distance.metric ? ["tree"] : [];
}
