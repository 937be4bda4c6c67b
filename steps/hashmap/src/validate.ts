import { stat } from "node:fs/promises";
import { defineStep, z } from "@orchestrate/sdk";
import { codeFiles } from "./code-files.ts";
import { readWorkload } from "./workload/read-workload.ts";
import { DELETE, GET, PUT } from "./workload/row-batch.ts";
import { validationArtifact } from "./workload/validation.ts";
import { workloadArtifact } from "./workload/workload-artifact.ts";
import { WorkloadLimits } from "./workload/workload-limits.ts";

export default defineStep({
  summary: "Reads a workload from its first row to its last without replaying it, and refuses it where a row is wrong.",
  config: z.strictObject({ limits: WorkloadLimits.prefault({}) }),
  inputs: { workload: workloadArtifact },
  outputs: { validation: validationArtifact },
  code: codeFiles,
  async run({ config, inputs, outputs, metric, signal }) {
    const counts = new Uint32Array(3);
    for await (const { operations, count } of readWorkload(inputs.workload.path, config.limits, signal)) {
      for (let row = 0; row < count; row++) counts[operations[row]!]!++;
    }
    const { size } = await stat(inputs.workload.path);
    const rows = counts.reduce((sum, count) => sum + count, 0);
    await outputs.validation.write({
      schema: "hashmap.validation/1",
      rows,
      size_bytes: size,
      size_mib: size / 2 ** 20,
      ops_by_type: { put: counts[PUT]!, get: counts[GET]!, del: counts[DELETE]! },
    });
    metric("rows", rows);
  },
});
