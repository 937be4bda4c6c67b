import { defineStep, directory, ndjson, Processes, z } from "@orchestrate/sdk";
import { bundleArtifact } from "./bundle/bundle-artifact.ts";
import { openBundle } from "./bundle/open-bundle.ts";
import { PublicKey } from "./bundle/public-key.ts";
import { Trainer } from "./contract.ts";
import { readPictures } from "./images/read-pictures.ts";
import { decide } from "./policy/decide.ts";
import { PredictionRow } from "./predict/prediction-row.ts";

export default defineStep({
  summary: "Decides on the pictures of a folder with a bundle: its model's answer, and what its policy makes of it.",
  config: z.strictObject({
    /** What to do about files that can't be decoded. */
    corrupt: z.enum(["refuse", "skip"]).default("refuse"),
    /** Of use for SCRC-T alone: whether each picture is decided as if it came alone, or all are selected jointly. */
    batch: z.enum(["single", "joint"]).default("single"),
    /** The key that must have signed the bundle; left out, an unsigned one will do. */
    publicKey: PublicKey.optional(),
  }),
  inputs: { bundle: bundleArtifact, images: directory("*") },
  outputs: { decisions: ndjson("decisions.ndjson", PredictionRow, { kind: "vision/decisions" }) },
  services: { trainer: Trainer, processes: Processes },
  resources: { cpu: 1, memory: 1024 },
  async run({ config, inputs, outputs, services: { trainer, processes }, progress, metric, log, signal }) {
    const { document, model, policy } = openBundle(inputs.bundle.path, config.publicKey);
    const { fit, architecture } = model;
    const { size, width } = architecture;
    const onRead = (done: number, total: number) => progress(done, total, "images");
    const { names, images } = await readPictures(inputs.images.path, { ...config, size, fit, log, signal, onRead });
    const { logits, features } = await trainer.predict({ model, images, processes, signal });
    const decisions = decide(policy, { logits, features, width }, config.batch);
    for (const [row, { call, probability }] of decisions.entries()) {
      const decision = call === null ? null : document.class_names[call]!;
      await outputs.decisions.append({ name: names[row]!, decision, probability });
    }
    metric("images", names.length);
    metric("deferred", decisions.filter(({ call }) => call === null).length);
    metric("positive", decisions.filter(({ call }) => call === 1).length);
  },
});
