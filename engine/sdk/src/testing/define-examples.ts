import type { ServiceExample } from "./check-service.ts";
import type { ConformanceExample } from "./check-step.ts";

/** An example of a step or, under `token=provider`, of a service. */
export type Example = ConformanceExample | ServiceExample<never>;

/**
 * Defines the examples with which the conformance suites run, by the name of the step, or `token=provider` of a service. The
 * module whose default export this is stands as `examples` in the package.json's block, so that `orchestrate plugins check`
 * finds it; the package's own tests pass the same to `describeConformance`.
 */
export function defineExamples<E extends Readonly<Record<string, Example>>>(examples: E): E {
  return examples;
}
