import { createRequire } from "node:module";
import { join } from "node:path";
import type { Processes } from "@orchestrate/sdk";
import { describe, expect, it } from "vitest";
import type { Architecture } from "../../network/architecture.ts";
import { predictEmbedded } from "../../trainer/predict-embedded.ts";
import { madeModel } from "../fixtures/made-bundle.ts";
import { toKernel, toOnnx } from "./to-onnx.ts";

/** Where `.ci/onnxruntime` installed it. */
const directory = process.env.ORCHESTRATE_ONNXRUNTIME;

/** What is used of onnxruntime-node, which is not a dependency. */
interface Runtime {
  readonly InferenceSession: {
    create(model: Uint8Array): Promise<{
      run(feeds: object): Promise<Record<"logits" | "features", { readonly data: Float32Array }>>;
    }>;
  };
  readonly Tensor: new (type: "float32", data: Float32Array, shape: readonly number[]) => object;
}

const mixed = (["attention", "perceptron"] as const).flatMap((mixing) =>
  (["mean", "class"] as const).flatMap((pooling) =>
    (["relu", "gelu"] as const).map((activation): Partial<Architecture> => ({ mixing, pooling, activation })),
  ),
);
const cases: readonly Partial<Architecture>[] = [...mixed, { overlap: 1 }, { overlap: 2 }, { overlap: 5 }];

describe.skipIf(directory === undefined)("ONNX models in onnxruntime (skipped without ORCHESTRATE_ONNXRUNTIME)", () => {
  it.each(cases)("answer as the trainer does: %o", async (changes) => {
    const { InferenceSession, Tensor } = createRequire(join(directory!, "/"))("onnxruntime-node") as Runtime;
    const model = madeModel({ size: 16, patch: 4, width: 16, depth: 2, heads: 4, ...changes });
    const pixels = Uint8Array.from({ length: 5 * 768 }, (_, index) => (index * 37) % 256);
    const session = await InferenceSession.create(toOnnx(model));
    const ours = await session.run({ pixels: new Tensor("float32", Float32Array.from(pixels), [5, 16, 16, 3]) });
    const images = { pixels, size: 16, channels: 3 };
    const theirs = await predictEmbedded({ model, images, processes, signal: new AbortController().signal });
    for (const name of ["logits", "features"] as const) {
      expect(ours[name].data).toHaveLength(theirs[name].length);
      for (const [index, value] of theirs[name].entries()) {
        expect(Math.abs(ours[name].data[index]! - value)).toBeLessThan(1e-4);
      }
    }
  });
});

describe("an ONNX model", () => {
  it("has equal bytes for equal models, and holds every weight", () => {
    const model = madeModel({ mixing: "attention" });
    const bytes = Buffer.from(toOnnx(model));
    expect(Buffer.from(toOnnx(model))).toEqual(bytes);
    for (const [name, { data }] of model.tensors) {
      const held = name === "embed.weight" ? toKernel(data, model.architecture.width) : data;
      expect(bytes.includes(Buffer.from(held.buffer)), name).toBe(true);
      expect(bytes.includes(name), name).toBe(true);
    }
    expect(bytes.includes('["clear","works"]')).toBe(true);
  });
});

const processes: Processes = { run: () => Promise.reject(new Error("the embedded trainer runs no program")) };
