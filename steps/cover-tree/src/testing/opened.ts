import { noPoints } from "../points/join-points.ts";
import type { PointSet } from "../points/point-set.ts";
import { chooseInducing } from "../residual/choose-inducing.ts";
import type { Distance } from "../space/distance.ts";
import { type OpenSpace, openSpace } from "../space/open-space.ts";
import { pairsOfNearParents } from "../tree/conflict-graph.ts";
import type { InsertOptions } from "../tree/insert-options.ts";

/** Points under a distance; the inducing points of a process are some of `from`. */
export function opened(distance: Distance, points: PointSet, from = points): OpenSpace {
  const inducing = distance.kind === "residual" ? chooseInducing(from, distance.process.inducing, 3) : noPoints;
  return openSpace(distance, points, inducing, "points");
}

/** Options of an insertion, those of the steps where nothing else is said. */
export function options(changes: Partial<InsertOptions> = {}): InsertOptions {
  return {
    leafSize: 32,
    schedule: { kind: "doubling" },
    conflictGraph: pairsOfNearParents,
    seed: 11,
    onBatch: () => {},
    signal: new AbortController().signal,
    ...changes,
  };
}

/** The numbers from 0 up to `count`. */
export function upTo(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, index) => index);
}
