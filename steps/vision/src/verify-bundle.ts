import { defineStep, json, z } from "@orchestrate/sdk";
import { bundleArtifact } from "./bundle/bundle-artifact.ts";
import { openBundle } from "./bundle/open-bundle.ts";
import { PublicKey } from "./bundle/public-key.ts";

/** What was found of a bundle that holds together. */
const Verification = z.strictObject({
  schema: z.literal("vision.verification/1"),
  /** Of the bundle's directory. */
  digest: z.string(),
  class_names: z.array(z.string()),
  policy_type: z.string(),
  files: z.number().int(),
  /** The public key that it is signed by; null where it is not signed. */
  signed_by: z.string().nullable(),
});

export default defineStep({
  summary: "Checks a bundle, wherever it comes from: its files, its digests, its one policy, its signature.",
  config: z.strictObject({
    /** The key that must have signed it; left out, an unsigned bundle will do. */
    publicKey: PublicKey.optional(),
  }),
  inputs: { bundle: bundleArtifact },
  outputs: { verification: json("verification.json", Verification, { kind: "vision/verification" }) },
  async run({ config, inputs, outputs, log }) {
    const { document } = openBundle(inputs.bundle.path, config.publicKey);
    const { class_names, policy, files, signature } = document;
    const signed_by = signature?.public_key ?? null;
    log.info(`${class_names.join(" or ")} by ${policy.policy_type}: ${files.length} files, ${signed_by ?? "unsigned"}`);
    await outputs.verification.write({
      schema: "vision.verification/1",
      digest: inputs.bundle.digest,
      class_names,
      policy_type: policy.policy_type,
      files: files.length,
      signed_by,
    });
  },
});
