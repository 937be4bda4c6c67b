import { writeFile } from "node:fs/promises";
import { defineStep, z } from "@orchestrate/sdk";
import { CANONICAL, CANONICAL_NAMES } from "./workload/canonical.ts";
import { generateRows } from "./workload/generate-rows.ts";
import { workloadArtifact } from "./workload/workload-artifact.ts";
import { PLAIN, WorkloadShape } from "./workload/workload-shape.ts";

export default defineStep({
  summary: "Generates a workload: a CSV of put, get and del over skewed, adversarial or colliding keys.",
  config: z.strictObject({
    /** A canonical workload to begin with; the other fields change it. */
    workload: z.enum(CANONICAL_NAMES).optional(),
    /** Instead of the canonical workload's seed, or the run's. */
    seed: z.number().int().min(0).max(0xffffffff).optional(),
    ...WorkloadShape.partial().shape,
  }),
  outputs: { workload: workloadArtifact },
  seeds: ["workload"],
  async run({ config, outputs, seeds, metric, signal, progress }) {
    const { workload, seed, ...changes } = config;
    const canonical = workload === undefined ? { seed: seeds.workload, shape: PLAIN } : CANONICAL[workload];
    const shape = { ...canonical.shape, ...changes };
    const pieces = generateRows(shape, seed ?? canonical.seed);
    await writeFile(outputs.workload.path, reported(pieces, shape.ops, progress), { signal });
    metric("rows", shape.ops);
  },
});

/** Passes pieces on, and reports the rows among them. */
function* reported(pieces: Iterable<string>, total: number, progress: (done: number, total: number) => void) {
  let rows = -1;
  for (const piece of pieces) {
    yield piece;
    rows += piece.split("\n").length - 1;
    progress(rows, total);
  }
}
