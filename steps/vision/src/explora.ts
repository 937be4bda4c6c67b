import { defineStep, file, ndjson } from "@orchestrate/sdk";
import { AdaptationOptions, planAdaptation } from "./explora/adaptation-options.ts";
import { frozenLayout, trainedLayout } from "./explora/adapter.ts";
import { encodeAdapter } from "./explora/adapter-file.ts";
import { checkMerge } from "./explora/check-merge.ts";
import { mergeAdapter } from "./explora/merge-adapter.ts";
import { startAdaptation } from "./explora/start-adaptation.ts";
import { readSplit } from "./images/read-split.ts";
import { splitArtifacts } from "./images/split-kinds.ts";
import { unite } from "./lineage/fitted-on.ts";
import { pictureSet } from "./lineage/picture-set.ts";
import { fitMasked } from "./pretrain/fit-masked.ts";
import { describeMaskedRow, MaskedRow, tellMaskedRow } from "./pretrain/masked-row.ts";
import { curvesArtifact, trainingCurves } from "./trainer/training-curves.ts";
import { backboneArtifact } from "./weights/backbone-artifact.ts";
import { decodeBackbone, encodeBackbone } from "./weights/backbone-file.ts";
import { toTensors } from "./weights/flat-tensors.ts";

export default defineStep({
  summary: "Adapts a backbone to the training images, without their labels, by low-rank adapters and its last blocks.",
  config: AdaptationOptions,
  inputs: { backbone: backboneArtifact, train: splitArtifacts.train },
  outputs: {
    /** The adapters merged. */
    backbone: backboneArtifact,
    /** All that was trained, unmerged. */
    adapter: file("vision/adapter", "adapter.safetensors"),
    history: ndjson("history.ndjson", MaskedRow, { kind: "vision/masked-history" }),
    curves: curvesArtifact,
    log: file("text/plain", "log.txt"),
  },
  seeds: ["weights", "order", "masks"],
  resources: { cpu: 1, memory: 1024 },
  async run({ config, inputs, outputs, seeds, checkpoint, progress, metric, log, signal }) {
    const backbone = decodeBackbone(await inputs.backbone.bytes(), "The backbone");
    const adaptation = planAdaptation(backbone, config);
    const { pixels, size, channels, origin, sources } = readSplit(inputs.train, "train");
    const images = { pixels, size, channels };
    const start = startAdaptation(adaptation, backbone, images, seeds.weights);
    const { values, history } = await fitMasked({
      objective: { kind: "adaptation", adaptation },
      model: backbone,
      start,
      images,
      options: config,
      seeds,
      resume: await checkpoint.load(),
      onEpoch: (row) => tellMaskedRow({ progress, log, metric }, row, config.epochs),
      onCheckpoint: (state) => checkpoint.save(state),
      signal,
    });
    const trained = toTensors(trainedLayout(adaptation), values);
    const unmerged = new Map([...toTensors(frozenLayout(adaptation), start.frozen), ...trained]);
    const merged = mergeAdapter(adaptation, unmerged);
    const few = { ...images, pixels: pixels.subarray(0, 16 * size * size * channels) };
    const difference = await checkMerge(adaptation, backbone.preprocessing, { merged, unmerged }, few, signal);
    const fitted_on = unite(backbone.fitted_on, [{ ...origin, labelled: false }]);
    const seen = pictureSet(sources, backbone.seen);
    await outputs.backbone.write(encodeBackbone({ ...backbone, origin: "adapted", fitted_on, seen, tensors: merged }));
    await outputs.adapter.write(encodeAdapter(adaptation, trained));
    for (const row of history) await outputs.history.append(row);
    await outputs.curves.write(trainingCurves("Adaptation", history, ["loss"]));
    await outputs.log.write(history.map((row) => `${describeMaskedRow(row)}\n`).join(""));
    metric("merge_difference", difference);
    metric("parameters_trained", values.length);
    metric("parameters", values.length + start.frozen.length);
  },
});
