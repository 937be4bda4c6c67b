import { type Strategy, StrategyRegistry } from "../strategies/strategy-registry.ts";
import type { ConflictContext } from "./conflict-context.ts";
import { type ConflictGraph, everyPair, pairsOfNearParents } from "./conflict-graph.ts";

const origin = "@orchestrate/steps-cover-tree";

const nearParents: Strategy<ConflictContext, ConflictGraph> = {
  name: "near-parents",
  origin,
  predicate: ({ metric }) => metric,
  create: () => pairsOfNearParents,
};

const dense: Strategy<ConflictContext, ConflictGraph> = {
  name: "dense",
  origin,
  predicate: () => true,
  create: () => everyPair,
};

/** Pairs of near parents where bounds hold, else every pair. */
export function automaticConflicts(): StrategyRegistry<ConflictContext, ConflictGraph> {
  return new StrategyRegistry("conflict", [nearParents, dense]);
}

/** Every pair. */
export function denseConflicts(): StrategyRegistry<ConflictContext, ConflictGraph> {
  return new StrategyRegistry("conflict", [dense]);
}
