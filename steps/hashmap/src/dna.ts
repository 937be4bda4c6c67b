import { stat } from "node:fs/promises";
import { defineStep, z } from "@orchestrate/sdk";
import { codeFiles } from "./code-files.ts";
import { analyzeWorkload } from "./dna/analyze-workload.ts";
import { dnaArtifact } from "./dna/workload-dna.ts";
import { readWorkload } from "./workload/read-workload.ts";
import { workloadArtifact } from "./workload/workload-artifact.ts";
import { WorkloadLimits } from "./workload/workload-limits.ts";

export default defineStep({
  summary: "Tells what a workload is like: its mix, its keys, how hot they are and how their hashes spread.",
  config: z.strictObject({
    topKeys: z.number().int().nonnegative().max(10_000).default(10),
    /** Keys that are counted exactly; of more only the hot ones are, and what depends on all is estimated. */
    maxTrackedKeys: z.number().int().positive().default(200_000),
    limits: WorkloadLimits.prefault({}),
  }),
  inputs: { workload: workloadArtifact },
  outputs: { dna: dnaArtifact },
  code: codeFiles,
  async run({ config, inputs, outputs, metric, signal }) {
    const { limits, ...options } = config;
    const { size } = await stat(inputs.workload.path);
    const dna = await analyzeWorkload(readWorkload(inputs.workload.path, limits, signal), size, options);
    await outputs.dna.write(dna);
    metric("unique_keys", dna.unique_keys_estimated);
    metric("entropy_bits", dna.key_entropy_bits);
  },
});
