import type { Log } from "@orchestrate/sdk";
import { readTree } from "./file/read-tree.ts";
import type { StoredTree } from "./file/stored-tree.ts";
import { joinPoints } from "./points/join-points.ts";
import type { PointSet } from "./points/point-set.ts";
import { chooseDistance } from "./space/choose-distance.ts";
import type { Distance, DistanceContext } from "./space/distance.ts";
import { type OpenSpace, openSpace } from "./space/open-space.ts";
import { warnOfDoubt } from "./space/warn-of-doubt.ts";
import type { StrategyRegistry } from "./strategies/strategy-registry.ts";

/** A tree from a file, and its points under its distance, with others after them. */
export interface OpenTree {
  readonly stored: StoredTree;
  readonly distance: Distance;
  readonly points: PointSet;
  readonly open: OpenSpace;
}

/**
 * @param others points that come after those of the tree: queries, or what is to be put in; `name` is how they are
 * called in errors.
 * @throws StepError `tree-damaged`, `distance-differs`, `dimension-differs`, or what the distance refuses.
 */
export function openTree(
  path: string,
  registry: StrategyRegistry<DistanceContext, Distance>,
  others: PointSet,
  name: string,
  log: Log,
): OpenTree {
  const stored = readTree(path);
  const points = joinPoints(stored.points, others, name);
  const distance = chooseDistance(registry, points, (message) => log.warn(message), stored.distance);
  const open = openSpace(distance, points, stored.inducing, name, stored.tree.rows);
  warnOfDoubt(open.space, log);
  return { stored, distance, points, open };
}
