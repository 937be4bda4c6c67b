import { defineStep, file, z } from "@orchestrate/sdk";
import { convertVit } from "./imported/convert-vit.ts";
import { vitArchitecture } from "./imported/vit-architecture.ts";
import { vitNotUnderstood, vitTensors } from "./imported/vit-tensors.ts";
import { noPictures } from "./lineage/picture-set.ts";
import { Preprocessing } from "./network/preprocessing.ts";
import { maskedLayout } from "./pretrain/masked-layout.ts";
import { backboneArtifact } from "./weights/backbone-artifact.ts";
import { encodeBackbone } from "./weights/backbone-file.ts";
import { checkTensors } from "./weights/check-tensors.ts";
import { decodeSafetensors } from "./weights/decode-safetensors.ts";

export default defineStep({
  summary: "Makes a backbone of a vision transformer's weights, as timm or transformers save them.",
  config: z.strictObject({
    /**
     * Pixels along each side of the images to come, a multiple of its patch; those it was trained for where it is left
     * out.
     */
    size: z.number().int().positive().optional(),
    /** Heads of self-attention; one for each 64 values of a token where it is left out. */
    heads: z.number().int().positive().optional(),
    /** Added to the variance in a layer norm. */
    epsilon: z.number().positive().default(1e-6),
    /** What its images were normalised by; ImageNet's means and deviations where it is left out. */
    preprocessing: Preprocessing.default({ mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] }),
  }),
  inputs: {
    /** A safetensors file of 32-bit or 16-bit floats. */
    weights: file("*"),
  },
  outputs: { backbone: backboneArtifact },
  // Only what the masked objective needs besides is drawn.
  seeds: ["weights"],
  resources: { cpu: 1, memory: 1024 },
  async run({ config, inputs, outputs, seeds, metric, log }) {
    const { tensors } = decodeSafetensors(await inputs.weights.bytes(), inputs.weights.path);
    const broken = [...tensors].find(([, { data }]) => !data.every(Number.isFinite));
    if (broken !== undefined)
      throw vitNotUnderstood(inputs.weights.path, `tensor "${broken[0]}" has a value that is not finite`);
    const vit = vitTensors(tensors, inputs.weights.path);
    const architecture = vitArchitecture(vit, config, inputs.weights.path);
    const converted = convertVit(vit, architecture, seeds.weights);
    const specs = maskedLayout(architecture);
    const fault = checkTensors(converted, specs);
    if (fault !== undefined) throw vitNotUnderstood(inputs.weights.path, fault);
    const { preprocessing } = config;
    const backbone = { architecture, preprocessing, origin: "imported" as const, tensors: converted };
    await outputs.backbone.write(encodeBackbone({ ...backbone, fitted_on: [], seen: noPictures }));
    const { size, patch, width, depth, heads } = architecture;
    log.info(`${depth} blocks of width ${width}, ${heads} heads, patches of ${patch} in images of ${size}`);
    metric(
      "parameters",
      specs.reduce((sum, { length }) => sum + length, 0),
    );
  },
});
