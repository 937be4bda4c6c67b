import { defineStep, directory, file, ndjson, z } from "@orchestrate/sdk";
import { imageCount } from "./images/pixels.ts";
import { fitArchitecture } from "./network/fit-architecture.ts";
import { initialValues } from "./network/initial-values.ts";
import { measure } from "./network/preprocessing.ts";
import { ShapeOptions } from "./network/shape-options.ts";
import { collectUnlabelled } from "./pretrain/collect-unlabelled.ts";
import { fitMasked } from "./pretrain/fit-masked.ts";
import { maskedLayout } from "./pretrain/masked-layout.ts";
import { MaskedOptions } from "./pretrain/masked-options.ts";
import { describeMaskedRow, MaskedRow, tellMaskedRow } from "./pretrain/masked-row.ts";
import { curvesArtifact, trainingCurves } from "./trainer/training-curves.ts";
import { backboneArtifact } from "./weights/backbone-artifact.ts";
import { encodeBackbone } from "./weights/backbone-file.ts";
import { toTensors } from "./weights/flat-tensors.ts";

export default defineStep({
  summary: "Makes a backbone: trains all weights to see what is hidden of unlabelled images, or of rendered scenes.",
  config: z.strictObject({
    ...MaskedOptions.shape,
    epochs: z.number().int().nonnegative().default(30),
    ...ShapeOptions.shape,
    /** None by default: where patches overlapped, adapting the backbone gained nothing (bench/vision). */
    overlap: z.number().int().nonnegative().default(0),
    /** Pixels along each side; images are brought to it. */
    size: z.number().int().min(8).max(512).default(32),
    /** What to render where no images are wired. */
    scenes: z.strictObject({ count: z.number().int().positive().default(2000) }).prefault({}),
  }),
  inputs: {
    /**
     * Any folder of pictures, searched to any depth. Splits of a data set are of other kinds and can't be wired here.
     */
    images: directory("vision/unlabelled").optional(),
  },
  outputs: {
    backbone: backboneArtifact,
    history: ndjson("history.ndjson", MaskedRow, { kind: "vision/masked-history" }),
    curves: curvesArtifact,
    log: file("text/plain", "log.txt"),
  },
  // Not `scenes`, from which vision/dataset renders: the backbone would have seen val_test.
  seeds: ["unlabelled", "weights", "order", "masks"],
  resources: { cpu: 1, memory: 1024 },
  async run({ config, inputs, outputs, seeds, checkpoint, progress, metric, log, signal }) {
    const { images, fitted_on, seen } = await collectUnlabelled(inputs.images?.path, config, {
      seed: seeds.unlabelled,
      log,
      signal,
    });
    const architecture = fitArchitecture(config.size, config);
    const model = { architecture, preprocessing: measure(images) };
    const specs = maskedLayout(architecture);
    const trained = initialValues(specs, seeds.weights);
    const { values, history } = await fitMasked({
      objective: { kind: "masked", backbone: architecture },
      model,
      start: { trained, frozen: new Float32Array() },
      images,
      options: config,
      seeds,
      resume: await checkpoint.load(),
      onEpoch: (row) => tellMaskedRow({ progress, log, metric }, row, config.epochs),
      onCheckpoint: (state) => checkpoint.save(state),
      signal,
    });
    const origin = history.length === 0 ? "random" : "pretrained";
    const backbone = { ...model, origin, fitted_on, seen, tensors: toTensors(specs, values) } as const;
    await outputs.backbone.write(encodeBackbone(backbone));
    for (const row of history) await outputs.history.append(row);
    await outputs.curves.write(trainingCurves("Pretraining", history, ["loss"]));
    await outputs.log.write(history.map((row) => `${describeMaskedRow(row)}\n`).join(""));
    metric("images", imageCount(images));
    metric("parameters", values.length);
  },
});
