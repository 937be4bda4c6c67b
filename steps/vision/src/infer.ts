import { defineStep, file, Processes, StepError, z } from "@orchestrate/sdk";
import { Trainer } from "./contract.ts";
import { readSplit } from "./images/read-split.ts";
import { splitArtifacts, splitNames } from "./images/split-kinds.ts";
import { requirePicturesUnseen } from "./lineage/require-pictures-unseen.ts";
import { predictionArtifacts } from "./predictions/prediction-kinds.ts";
import { requireImagesOf } from "./predictions/require-images-of.ts";
import { writePredictions } from "./predictions/write-predictions.ts";
import { decodeModel } from "./weights/model-file.ts";

export default defineStep({
  summary: "Runs a model over splits; predictions of each are a kind of their own, and say what made them.",
  config: z.strictObject({}),
  inputs: {
    checkpoint: file("model/safetensors"),
    train: splitArtifacts.train.optional(),
    val_select: splitArtifacts.val_select.optional(),
    calib_fit: splitArtifacts.calib_fit.optional(),
    calib_conformal: splitArtifacts.calib_conformal.optional(),
    val_test: splitArtifacts.val_test.optional(),
  },
  outputs: {
    train: predictionArtifacts.train.optional(),
    val_select: predictionArtifacts.val_select.optional(),
    calib_fit: predictionArtifacts.calib_fit.optional(),
    calib_conformal: predictionArtifacts.calib_conformal.optional(),
    val_test: predictionArtifacts.val_test.optional(),
  },
  services: { trainer: Trainer, processes: Processes },
  resources: { cpu: 1, memory: 1024 },
  async run({ inputs, outputs, services, progress, metric, log, signal }) {
    const { digest } = inputs.checkpoint;
    const model = decodeModel(await inputs.checkpoint.bytes(), "The checkpoint");
    const wired = splitNames.filter((name) => inputs[name] !== undefined);
    if (wired.length === 0) throw nothingWired();
    for (const [done, name] of wired.entries()) {
      const split = readSplit(inputs[name]!, name);
      requireImagesOf(split, model);
      if (name !== "train") requirePicturesUnseen("vision/infer", "the model", model.seen, split);
      const { logits, features } = await services.trainer.predict({
        model,
        images: split,
        processes: services.processes,
        signal,
      });
      const { origin, classes, names, labels } = split;
      const { width } = model.architecture;
      const made = { digest, fitted_on: model.fitted_on };
      writePredictions(outputs[name], { origin, model: made, classes, names, labels, logits, features, width });
      metric(name, labels.length);
      log.info(`${name}: ${labels.length} images`);
      progress(done + 1, wired.length, name);
    }
  },
});

function nothingWired(): StepError {
  return new StepError({
    error: "no-split-wired",
    category: "input",
    detail: "vision/infer has a checkpoint, but no split to run it on.",
    hint: `Wire one or more of ${splitNames.join(", ")}.`,
  });
}
