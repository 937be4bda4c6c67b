import { isDeepStrictEqual } from "node:util";
import { StepError } from "@orchestrate/sdk";
import type { StrategyRegistry } from "../strategies/strategy-registry.ts";
import type { Distance, DistanceContext } from "./distance.ts";

/**
 * The distance that serves for some points, which must be the one that their tree was built by.
 *
 * @param recorded what the tree says.
 * @throws StepError `distance-differs` (input).
 */
export function chooseDistance(
  registry: StrategyRegistry<DistanceContext, Distance>,
  context: DistanceContext,
  warn: (message: string) => void,
  recorded?: { readonly name: string; readonly options: Readonly<Record<string, unknown>> },
): Distance {
  const { made } = registry.select(context, warn);
  if (recorded === undefined) return made;
  if (made.name === recorded.name && isDeepStrictEqual(made.options, recorded.options)) return made;
  throw new StepError({
    error: "distance-differs",
    category: "input",
    detail: `The tree was built by ${told(recorded)}, and this phase has ${told(made)}.`,
    hint: "Choose the service cover-tree/distance for the whole pipeline, with one set of options.",
  });
}

function told({ name, options }: { readonly name: string; readonly options: object }): string {
  return `${name} ${JSON.stringify(options)}`;
}
