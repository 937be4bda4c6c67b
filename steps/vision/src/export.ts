import { defineStep, directory, file, json, z } from "@orchestrate/sdk";
import { verifyBundle } from "./bundle/verify-bundle.ts";
import { writeBundle } from "./bundle/write-bundle.ts";
import { policyArtifact } from "./policy/policy.ts";

const metricsArtifact = json("metrics.json", z.record(z.string(), z.json()), { kind: "vision/metrics" });

export default defineStep({
  summary: "Brings a model and its one policy together in a bundle that stands by itself, and verifies it.",
  config: z.strictObject({}),
  inputs: {
    checkpoint: file("model/safetensors"),
    policy: policyArtifact,
    metrics: metricsArtifact.optional(),
  },
  outputs: { bundle: directory("vision/bundle") },
  async run({ inputs, outputs, metric, log }) {
    writeBundle(outputs.bundle, {
      model: await inputs.checkpoint.bytes(),
      policy: await inputs.policy.read(),
      metrics: await inputs.metrics?.read(),
    });
    const { files, policy, class_names } = verifyBundle(outputs.bundle.path);
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    metric("files", files.length);
    metric("bytes", bytes);
    log.info(`${class_names.join(" or ")} by ${policy.policy_type}: ${files.length} files, ${bytes} bytes, verified`);
  },
});
