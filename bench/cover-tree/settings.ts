import { WORTH_THREADS } from "../../steps/cover-tree/src/prepare-insertion.ts";
import { RuntimeModel, scheduleOf } from "../../steps/cover-tree/src/runtime/runtime-model.ts";
import type { Distance } from "../../steps/cover-tree/src/space/distance.ts";
import { pairsOfNearParents } from "../../steps/cover-tree/src/tree/conflict-graph.ts";
import type { BuildOptions } from "../../steps/cover-tree/src/tree/insert-options.ts";

export const euclidean: Distance = {
  kind: "vectors",
  name: "euclidean",
  options: {},
  preparation: "none",
  report: "root",
};

/** The options of a build as the step cover-tree/build has them where nothing is configured. */
export function growth(): BuildOptions {
  const runtime = RuntimeModel.parse({});
  return {
    base: runtime.base,
    leafSize: runtime.leafSize,
    schedule: scheduleOf(runtime),
    conflictGraph: pairsOfNearParents,
    seed: 1,
    onBatch: () => {},
    threads: { most: 1, least: WORTH_THREADS },
    signal: new AbortController().signal,
  };
}
