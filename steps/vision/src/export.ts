import { defineStep, file, z } from "@orchestrate/sdk";
import { bundleArtifact } from "./bundle/bundle-artifact.ts";
import { openBundle } from "./bundle/open-bundle.ts";
import { PublicKey } from "./bundle/public-key.ts";
import { signingKey } from "./bundle/signing-key.ts";
import { writeBundle } from "./bundle/write-bundle.ts";
import { metricsArtifact } from "./evaluate/evaluation.ts";
import { policyArtifact } from "./policy/policy.ts";

export default defineStep({
  summary: "Brings a model and its one policy together in a bundle that stands by itself, and verifies it.",
  config: z.strictObject({
    /** Signs the bundle by Ed25519. */
    sign: z
      .strictObject({
        /** The name of one of the phase's secrets: a PEM document with the private key, or the path of one. */
        secret: z.string().min(1),
        publicKey: PublicKey,
      })
      .optional(),
  }),
  inputs: {
    checkpoint: file("model/safetensors"),
    policy: policyArtifact,
    metrics: metricsArtifact.optional(),
  },
  outputs: { bundle: bundleArtifact },
  async run({ config, inputs, outputs, secrets, metric, log }) {
    const key = config.sign && signingKey(secrets, config.sign);
    writeBundle(outputs.bundle, {
      model: await inputs.checkpoint.bytes(),
      policy: { digest: inputs.policy.digest, document: await inputs.policy.read() },
      metrics: inputs.metrics && { digest: inputs.metrics.digest, document: await inputs.metrics.read() },
      key,
    });
    const { document } = openBundle(outputs.bundle.path, config.sign?.publicKey);
    const { files, policy, class_names } = document;
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    metric("files", files.length);
    metric("bytes", bytes);
    log.info(`${class_names.join(" or ")} by ${policy.policy_type}: ${files.length} files, ${bytes} bytes, verified`);
  },
});
