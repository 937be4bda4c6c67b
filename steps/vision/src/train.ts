import { defineStep, file, ndjson, z } from "@orchestrate/sdk";
import { Trainer } from "./contract.ts";
import { readSplit } from "./images/read-split.ts";
import { splitArtifacts } from "./images/split-kinds.ts";
import { describeEpoch } from "./trainer/describe-epoch.ts";
import { EpochRow } from "./trainer/epoch-row.ts";
import { fitArchitecture } from "./trainer/fit-architecture.ts";
import { TrainOptions } from "./trainer/train-options.ts";
import { encodeModel } from "./weights/model-file.ts";

export default defineStep({
  summary: "Trains a small vision transformer, and keeps the best epoch by MCC on val_select.",
  config: z.strictObject({
    ...TrainOptions.shape,
    /** Pixels along each side of a patch; the images' size must be a multiple of it. */
    patch: z.number().int().positive().default(8),
    width: z.number().int().positive().default(64),
    depth: z.number().int().positive().default(4),
    mixing: z.enum(["attention", "perceptron"]).default("perceptron"),
    heads: z.number().int().positive().default(4),
    expansion: z.number().int().positive().default(2),
    /** Epochs between two checkpoints. */
    checkpointEvery: z.number().int().positive().default(1),
  }),
  inputs: { train: splitArtifacts.train, val_select: splitArtifacts.val_select },
  outputs: {
    checkpoint: file("model/safetensors", "model.safetensors"),
    history: ndjson("history.ndjson", EpochRow, { kind: "vision/history" }),
    log: file("text/plain", "log.txt"),
  },
  services: { trainer: Trainer },
  seeds: ["weights", "order", "augmentation"],
  resources: { cpu: 1, memory: 1024 },
  async run({ config, inputs, outputs, services, seeds, checkpoint, progress, metric, log, signal }) {
    const { patch, width, depth, mixing, heads, expansion, checkpointEvery, ...options } = config;
    const sets = {
      train: readSplit(inputs.train, "train"),
      val_select: readSplit(inputs.val_select, "val_select"),
    };
    const architecture = fitArchitecture(sets, { patch, width, depth, mixing, heads, expansion });
    const { model, best, history } = await services.trainer.train({
      architecture,
      options,
      train: sets.train,
      select: sets.val_select,
      seeds,
      resume: await checkpoint.load(),
      checkpointEvery,
      onEpoch(row) {
        progress(row.epoch, options.epochs, `mcc ${row.mcc.toFixed(3)}`);
        log.info(describeEpoch(row));
        for (const name of ["train_loss", "val_loss", "mcc", "accuracy"] as const) metric(name, row[name], row.epoch);
      },
      onCheckpoint: (state) => checkpoint.save(state),
      signal,
    });
    const fitted_on = [sets.train, sets.val_select].map(({ origin }) => ({ ...origin, labelled: true }));
    await outputs.checkpoint.write(encodeModel({ ...model, fitted_on }));
    for (const row of history) await outputs.history.append(row);
    await outputs.log.write(history.map((row) => `${describeEpoch(row)}\n`).join(""));
    // The last value of a name is the one the manifest keeps: that of the weights that were kept.
    for (const name of ["train_loss", "val_loss", "mcc", "accuracy"] as const) metric(name, best[name], best.epoch);
    metric("best_epoch", best.epoch);
    metric("epochs", history.length);
  },
});
