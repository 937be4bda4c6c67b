import { MANY_INSTANCES } from "../io/terminal/narrator.ts";

/** What is told of a phase: all of it, or the first of a large fan-out. */
export interface Few<T> {
  readonly phase: string;
  readonly told: readonly T[];
  /** How many more are like those that are told. */
  readonly more: number;
}

/** How many instances of a large fan-out are told of each kind. */
const TOLD = 3;

/**
 * What people are told of instances, phase by phase: every one, or of a large fan-out the first few of each kind.
 *
 * @param kindOf which instances of one phase are alike, so that some stand for all.
 */
export function fewOfMany<T>(
  all: Iterable<T>,
  { phaseOf, kindOf }: { readonly phaseOf: (one: T) => string; readonly kindOf: (one: T) => string },
): readonly Few<T>[] {
  return [...Map.groupBy(all, phaseOf)].flatMap(([phase, instances]): readonly Few<T>[] => {
    if (instances.length < MANY_INSTANCES) return [{ phase, told: instances, more: 0 }];
    return [...Map.groupBy(instances, kindOf).values()].map((alike) => {
      const told = alike.slice(0, TOLD);
      return { phase, told, more: alike.length - told.length };
    });
  });
}
