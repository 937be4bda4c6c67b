import { type Strategy, StrategyRegistry } from "../strategies/strategy-registry.ts";
import { unreachable } from "../unreachable.ts";
import type { PlanKind, Traversal, TraversalContext } from "./traversal.ts";

type TraversalStrategy = Strategy<TraversalContext, Traversal>;

/**
 * Shares of the distances below which a way that prunes is faster than a scan of all: a filtered scan takes about a
 * sixth of the time for each point, a tiled one less than half (bench/cover-tree).
 */
const BLOCKS_PAY = 0.15;
const TREE_PAYS = 0.35;

/** All ways, those that prune before those that scan; which of them serve is seen from a few queries. */
export function automaticTraversals(): StrategyRegistry<TraversalContext, Traversal> {
  return new StrategyRegistry("traversal", [
    strategy("blocks", (context) => serves("blocks", context) && context.staysWithin("blocks", BLOCKS_PAY)),
    strategy("filtered-scan", (context) => serves("filtered-scan", context)),
    strategy("tree", (context) => {
      if (!serves("tree", context)) return false;
      return context.space.kind === "function" || context.staysWithin("tree", TREE_PAYS);
    }),
    strategy("tiled-scan", (context) => serves("tiled-scan", context)),
    strategy("scan", (context) => serves("scan", context)),
  ]);
}

/** One way alone, wherever it serves. */
export function onlyTraversal(kind: PlanKind): StrategyRegistry<TraversalContext, Traversal> {
  return new StrategyRegistry("traversal", [strategy(kind, (context) => serves(kind, context))]);
}

/** Whether a way gives right answers here. */
function serves(kind: PlanKind, { space }: TraversalContext): boolean {
  switch (kind) {
    case "blocks":
    case "filtered-scan":
      return space.kind === "vectors";
    case "tiled-scan":
      return space.kind === "residual";
    case "tree":
      return space.metric;
    case "scan":
      return true;
    default:
      return unreachable(kind);
  }
}

function strategy(name: PlanKind, predicate: TraversalStrategy["predicate"]): TraversalStrategy {
  return { name, origin: "@orchestrate/steps-cover-tree", predicate, create: ({ plan }) => plan(name) };
}
