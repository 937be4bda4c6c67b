import { defineStep, z } from "@orchestrate/sdk";
import { probesArtifact, probeTrace } from "./analysis/probe-trace.ts";
import { codeFiles } from "./code-files.ts";
import { readSnapshot } from "./snapshot/read-snapshot.ts";
import { restoreMap } from "./snapshot/restore-map.ts";
import { maxSnapshotBytes, snapshotArtifact } from "./snapshot/snapshot-artifact.ts";

export default defineStep({
  summary: "Shows the path that keys take through the table of a snapshot.",
  config: z.strictObject({
    keys: z.array(z.string().min(1)).min(1).max(10_000),
    operation: z.enum(["get", "put"]).default("get"),
    maxBytes: maxSnapshotBytes,
  }),
  inputs: { snapshot: snapshotArtifact },
  outputs: { probes: probesArtifact },
  code: codeFiles,
  seeds: ["hash"],
  async run({ config, inputs, outputs, seeds, metric }) {
    const { payload } = await readSnapshot(inputs.snapshot.path, config.maxBytes);
    const map = restoreMap(payload, payload.options, seeds.hash);
    map.settle();
    const traces = config.keys.map((key) => probeTrace(map, config.operation, key));
    await outputs.probes.write({ schema: "hashmap.probes/1", traces });
    metric("longest", Math.max(...traces.map(({ path }) => path.length)));
  },
});
