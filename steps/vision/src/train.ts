import { defineStep, file, ndjson, Processes, z } from "@orchestrate/sdk";
import { Trainer } from "./contract.ts";
import { checkSplits } from "./images/check-splits.ts";
import { readSplit } from "./images/read-split.ts";
import { splitArtifacts } from "./images/split-kinds.ts";
import { unite } from "./lineage/fitted-on.ts";
import { noPictures } from "./lineage/picture-set.ts";
import { requirePicturesUnseen } from "./lineage/require-pictures-unseen.ts";
import { requireUnseen } from "./lineage/require-unseen.ts";
import { ShapeOptions } from "./network/shape-options.ts";
import { describeEnd, describeEpoch } from "./trainer/describe-epoch.ts";
import { EpochRow } from "./trainer/epoch-row.ts";
import { startClassifier } from "./trainer/start-classifier.ts";
import { TrainOptions } from "./trainer/train-options.ts";
import { curvesArtifact, trainingCurves } from "./trainer/training-curves.ts";
import { backboneArtifact } from "./weights/backbone-artifact.ts";
import { decodeBackbone } from "./weights/backbone-file.ts";
import { decodeModel, encodeModel } from "./weights/model-file.ts";

export default defineStep({
  summary: "Trains a small vision transformer, and keeps the best epoch by MCC on val_select.",
  config: z.strictObject({
    ...TrainOptions.shape,
    ...ShapeOptions.shape,
    /** Epochs between two checkpoints. */
    checkpointEvery: z.number().int().positive().default(1),
  }),
  inputs: {
    train: splitArtifacts.train,
    val_select: splitArtifacts.val_select,
    /** What the network starts from, with a new head. */
    backbone: backboneArtifact.optional(),
    /** A trained classifier to go on from, by whichever trainer; the optimizer starts anew. */
    model: file("model/safetensors").optional(),
  },
  outputs: {
    checkpoint: file("model/safetensors", "model.safetensors"),
    history: ndjson("history.ndjson", EpochRow, { kind: "vision/history" }),
    curves: curvesArtifact,
    log: file("text/plain", "log.txt"),
  },
  services: { trainer: Trainer, processes: Processes },
  seeds: ["weights", "order", "augmentation"],
  resources: { cpu: 1, memory: 1024 },
  async run({ config, inputs, outputs, services, seeds, checkpoint, progress, metric, log, signal }) {
    const sets = {
      train: readSplit(inputs.train, "train"),
      val_select: readSplit(inputs.val_select, "val_select"),
    };
    checkSplits(sets);
    const origins = {
      backbone: inputs.backbone && decodeBackbone(await inputs.backbone.bytes(), "The backbone"),
      model: inputs.model && decodeModel(await inputs.model.bytes(), "The model"),
    };
    requireUnseen("vision/train", "the backbone", origins.backbone?.fitted_on ?? [], sets.val_select.origin);
    const seen = origins.backbone?.seen ?? origins.model?.seen ?? noPictures;
    const start = origins.backbone === undefined ? "the model" : "the backbone";
    requirePicturesUnseen("vision/train", start, seen, sets.val_select);
    const { model, best, history } = await services.trainer.train({
      start: startClassifier(sets.train, config, origins, seeds.weights),
      options: config,
      train: sets.train,
      select: sets.val_select,
      seeds,
      resume: await checkpoint.load(),
      checkpointEvery: config.checkpointEvery,
      onEpoch(row) {
        progress(row.epoch, config.epochs, `mcc ${row.mcc.toFixed(3)}`);
        log.info(describeEpoch(row));
        for (const name of ["train_loss", "val_loss", "mcc", "accuracy"] as const) metric(name, row[name], row.epoch);
      },
      onCheckpoint: (state) => checkpoint.save(state),
      processes: services.processes,
      signal,
    });
    const fitted_on = unite(
      origins.backbone?.fitted_on ?? [],
      origins.model?.fitted_on ?? [],
      [sets.train, sets.val_select].map(({ origin }) => ({ ...origin, labelled: true })),
    );
    await outputs.checkpoint.write(encodeModel({ ...model, fit: sets.train.fit, fitted_on, seen }));
    for (const row of history) await outputs.history.append(row);
    const end = describeEnd(history.length, best, config);
    log.info(end);
    const columns = ["train_loss", "val_loss", "mcc"] as const;
    await outputs.curves.write(trainingCurves("Training", history, columns, best));
    await outputs.log.write([...history.map(describeEpoch), end].map((line) => `${line}\n`).join(""));
    // The last value of a name is the one the manifest keeps: that of the weights that were kept.
    for (const name of ["train_loss", "val_loss", "mcc", "accuracy"] as const) metric(name, best[name], best.epoch);
    metric("best_epoch", best.epoch);
    metric("epochs", history.length);
    // Weights are handed over, moments are not: the manifest says so where weights were taken from elsewhere.
    metric("optimizer_restarted", inputs.model === undefined && inputs.backbone === undefined ? 0 : 1);
  },
});
