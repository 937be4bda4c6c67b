import { defineStep, z } from "@orchestrate/sdk";
import { inspectionArtifact, inspectSnapshot } from "./snapshot/inspection.ts";
import { readSnapshot } from "./snapshot/read-snapshot.ts";
import { maxSnapshotBytes, snapshotArtifact } from "./snapshot/snapshot-artifact.ts";

export default defineStep({
  summary: "Tells what a snapshot holds: its header, its first entries, and keys that are asked for.",
  config: z.strictObject({
    /** How many entries are shown. */
    limit: z.number().int().nonnegative().default(20),
    /** Keys to look up. */
    keys: z.array(z.string()).default([]),
    maxBytes: maxSnapshotBytes,
  }),
  inputs: { snapshot: snapshotArtifact },
  outputs: { inspection: inspectionArtifact },
  async run({ config, inputs, outputs, metric }) {
    const snapshot = await readSnapshot(inputs.snapshot.path, config.maxBytes);
    const inspection = inspectSnapshot(snapshot, config);
    await outputs.inspection.write(inspection);
    metric("entries", inspection.entries);
  },
});
