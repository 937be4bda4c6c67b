import { defineToken, type Token } from "@orchestrate/sdk";
import type { Traversal, TraversalContext } from "./query/traversal.ts";
import type { Distance, DistanceContext } from "./space/distance.ts";
import type { StrategyRegistry } from "./strategies/strategy-registry.ts";
import type { ConflictContext } from "./tree/conflict-context.ts";
import type { ConflictGraph } from "./tree/conflict-graph.ts";

export { automaticTraversals } from "./query/built-in-traversals.ts";
export type { Ask, Collector } from "./query/collector.ts";
export type { Search } from "./query/search.ts";
export type { Traversal, TraversalContext } from "./query/traversal.ts";
export { covariance } from "./residual/covariance.ts";
export { product, residualCorrelation, residualDistance } from "./residual/residual-correlation.ts";
export type {
  Distance,
  DistanceContext,
  FunctionDistance,
  ResidualDistance,
  VectorDistance,
} from "./space/distance.ts";
export { onlyDistance } from "./space/only-distance.ts";
export type { Preparation } from "./space/prepare-row.ts";
export type { ReferenceDistance } from "./space/reference-distances.ts";
export { cosineAngle, cosineChord, euclidean, pearson, pearsonChord } from "./space/reference-distances.ts";
export type { Report } from "./space/report.ts";
export type { Slack } from "./space/slack.ts";
export type { Space } from "./space/space.ts";
export { type Strategy, StrategyRegistry } from "./strategies/strategy-registry.ts";
export { automaticConflicts } from "./tree/built-in-conflicts.ts";
export type { ConflictContext } from "./tree/conflict-context.ts";
export type { ConflictGraph } from "./tree/conflict-graph.ts";
export type { CoverTree } from "./tree/cover-tree.ts";

/** By which distance points are compared. */
export const Distances: Token<StrategyRegistry<DistanceContext, Distance>> = defineToken("cover-tree/distance");

/** How neighbours are found. All ways find the same. */
export const Traversals: Token<StrategyRegistry<TraversalContext, Traversal>> = defineToken("cover-tree/traversal");

/** How the conflict graph of a batch is computed. All ways give the same graph. */
export const Conflicts: Token<StrategyRegistry<ConflictContext, ConflictGraph>> = defineToken("cover-tree/conflict");
