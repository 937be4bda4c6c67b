import { readFileSync } from "node:fs";
import { StepError } from "@orchestrate/sdk";
import { describeConformance, runStep } from "@orchestrate/sdk/testing";
import { describe, expect, it } from "vitest";
import importBackbone from "./import-backbone.ts";
import { resamplePositions } from "./imported/resample-positions.ts";
import { backboneLayout } from "./network/layout.ts";
import { featurePass } from "./trainer/forward-pass.ts";
import { runForward } from "./trainer/run-forward.ts";
import { decodeBackbone } from "./weights/backbone-file.ts";
import { decodeSafetensors } from "./weights/decode-safetensors.ts";
import { encodeSafetensors } from "./weights/encode-safetensors.ts";
import { toFlat } from "./weights/flat-tensors.ts";

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`./imported/fixtures/${name}`, import.meta.url)));
const expected = JSON.parse(new TextDecoder().decode(fixture("vit.json"))) as Record<string, number[]>;
const signal = new AbortController().signal;

const run = (bytes: Uint8Array, config: object = {}) =>
  runStep(importBackbone, { config: { heads: 2, ...config }, inputs: { weights: { bytes } } });

async function refusal(bytes: Uint8Array, config: object = {}) {
  using result = await run(bytes, config);
  if (!(result.error instanceof StepError)) throw new Error(`not refused: ${result.error}`);
  return result.error.toEnvelope();
}

/** A file like timm's, with some tensors changed or left out. */
function changed(change: (tensors: Map<string, { shape: readonly number[]; data: Float32Array }>) => void): Uint8Array {
  const tensors = new Map(decodeSafetensors(fixture("timm.safetensors"), "t").tensors);
  change(tensors);
  return encodeSafetensors(tensors, {});
}

describe("vision/import-backbone", () => {
  it.each(["timm", "transformers"])(
    "has the features that torch's own layers have, by the names of %s",
    async (name) => {
      using result = await run(fixture(`${name}.safetensors`));
      expect(result.error).toBeUndefined();
      const backbone = decodeBackbone(result.outputs.backbone.bytes(), "b");
      expect(backbone).toMatchObject({
        origin: "imported",
        fitted_on: [],
        architecture: {
          size: 8,
          patch: 4,
          width: 16,
          depth: 2,
          heads: 2,
          expansion: 4,
          pooling: "class",
          activation: "gelu",
        },
      });
      const pass = await featurePass(backbone.architecture, 1);
      const values = toFlat(backboneLayout(backbone.architecture), backbone.tensors);
      const images = { size: 8, channels: 3, pixels: Uint8Array.from(expected.pixels!) };
      const features = await runForward(pass, values, images, backbone, signal);
      pass.close();
      for (const [index, value] of expected[name]!.entries()) expect(features[index]).toBeCloseTo(value, 4);
    },
  );

  it("brings positions to another size", async () => {
    using result = await run(fixture("timm.safetensors"), { size: 16 });
    const { architecture, tensors } = decodeBackbone(result.outputs.backbone.bytes(), "b");
    expect(architecture).toMatchObject({ size: 16, patch: 4 });
    expect(tensors.get("position")?.shape).toEqual([17, 16]);
  });

  it("refuses what is no ViT", async () => {
    expect(await refusal(encodeSafetensors(new Map(), {}))).toMatchObject({
      error: "vit-not-understood",
      category: "input",
      detail: expect.stringMatching(/it has neither timm's names nor those of transformers\.$/),
      hint: "Give the weights of a plain ViT with a class token, as timm or transformers save them.",
    });
    expect((await refusal(changed((all) => all.delete("blocks.1.mlp.fc2.weight")))).detail).toContain(
      'tensor "blocks.1.mlp.fc2.weight" is missing',
    );
    const flat = { shape: [1, 4, 16], data: new Float32Array(64) };
    expect((await refusal(changed((all) => all.set("pos_embed", flat)))).detail).toContain(
      "its positions are not a class token's and those of a square grid",
    );
    expect((await refusal(fixture("timm.safetensors"), { heads: 3 })).detail).toContain(
      "with size 8 and heads 3, heads: width must be a multiple of heads",
    );
  });

  it("refuses weights that are not finite, as those of a diverged training or an overflow of 16 bits", async () => {
    for (const value of [Number.NaN, Infinity]) {
      const broken = { shape: [16], data: new Float32Array(16).fill(value, 3, 4) };
      expect((await refusal(changed((all) => all.set("blocks.1.norm1.weight", broken)))).detail).toContain(
        'tensor "blocks.1.norm1.weight" has a value that is not finite',
      );
    }
  });

  it.each([
    "blocks.1.attn.q_norm.weight",
    "blocks.0.attn.relative_position_bias_table",
    "reg_token",
    "norm_pre.weight",
  ])("refuses a ViT that has %s, without which it is another", async (odd) => {
    const extra = { shape: [16], data: new Float32Array(16) };
    expect((await refusal(changed((all) => all.set(odd, extra)))).detail).toContain(
      `tensor "${odd}" is part of no plain one.`,
    );
  });

  it.each(["head.weight", "fc_norm.weight", "mask_token", "decoder_blocks.0.attn.qkv.weight"])(
    "leaves out %s, which has no part in the features",
    async (other) => {
      const extra = { shape: [16], data: new Float32Array(16) };
      using result = await run(changed((all) => all.set(other, extra)));
      using plain = await run(fixture("timm.safetensors"));
      expect(result.outputs.backbone.digest).toBe(plain.outputs.backbone.digest);
    },
  );

  it("conforms", () =>
    describeConformance(importBackbone, {
      config: { heads: 2 },
      inputs: { weights: { bytes: fixture("timm.safetensors") } },
    }));
});

describe("resamplePositions", () => {
  const positions = { shape: [1, 5, 1], data: Float32Array.of(9, 0, 1, 2, 3) };

  it("leaves a grid of the same size as it is", () => {
    expect([...resamplePositions(positions, 1, 2).data]).toEqual([9, 0, 1, 2, 3]);
  });

  it("interpolates between the centres of patches", () => {
    const [first, ...rest] = resamplePositions(positions, 1, 4).data;
    expect(first).toBe(9);
    expect(rest.slice(0, 4)).toEqual([0, 0.25, 0.75, 1]);
    expect(rest.slice(4, 8)).toEqual([0.5, 0.75, 1.25, 1.5]);
    expect(rest.slice(12)).toEqual([2, 2.25, 2.75, 3]);
    expect([...resamplePositions(positions, 1, 1).data]).toEqual([9, 1.5]);
  });
});
