import { StrategyRegistry } from "../strategies/strategy-registry.ts";
import type { Distance, DistanceContext } from "./distance.ts";

/** A registry with one distance that serves everywhere. */
export function onlyDistance(distance: Distance): StrategyRegistry<DistanceContext, Distance> {
  return new StrategyRegistry("distance", [
    {
      name: distance.name,
      origin: "@orchestrate/steps-cover-tree",
      predicate: () => true,
      create: () => distance,
    },
  ]);
}
