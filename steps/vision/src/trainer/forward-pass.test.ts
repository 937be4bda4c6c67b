import { describe, expect, it } from "vitest";
import type { Architecture } from "../network/architecture.ts";
import { smallArchitecture } from "../network/fixtures/small-architecture.ts";
import { initialValues } from "../network/initial-values.ts";
import { backboneLayout, layout } from "../network/layout.ts";
import { generator } from "../random/generator.ts";
import { classifierPass, featurePass } from "./forward-pass.ts";
import { gradientSource } from "./gradient-source.ts";
import { columnsOf } from "./predict-embedded.ts";

const rows = 3;
const random = generator(1);
const patches = Float32Array.from({ length: rows * 4 * 48 }, () => random.normal());

describe.each([
  ["attention", "mean"],
  ["attention", "class"],
  ["perceptron", "mean"],
  ["perceptron", "class"],
] as const)("a pass by %s, pooled by %s", (mixing, pooling) => {
  const architecture: Architecture = { ...smallArchitecture, mixing, pooling };
  const values = initialValues(layout(architecture), 5);

  it("gives the logits of which the loss is made", async () => {
    const pass = await classifierPass(architecture, rows);
    const logits = columnsOf(await pass.run(values, patches), pass.columns, 0, 2);
    pass.close();
    const targets = Float32Array.of(0.2, 0.1, 0, 0.5, 0.1, 0.1);
    const source = await gradientSource({ kind: "classification", architecture }, rows, new Float32Array());
    const { loss } = await source.gradient(values, [patches, targets]);
    await source.close();
    const expected = Array.from({ length: rows }, (_, row) => {
      const pair = [logits[row * 2]!, logits[row * 2 + 1]!] as const;
      const total = Math.log(Math.exp(pair[0]) + Math.exp(pair[1]));
      return -(targets[row * 2]! * (pair[0] - total) + targets[row * 2 + 1]! * (pair[1] - total));
    });
    expect(loss).toBeCloseTo(
      expected.reduce((sum, value) => sum + value, 0),
      4,
    );
  });

  it("answers each image by itself, and its features lead to its logits", async () => {
    const others = patches.map((value, index) => (index < 4 * 48 ? value : -2 * value));
    const classifier = await classifierPass(architecture, rows);
    const answer = await classifier.run(values, patches);
    const logits = columnsOf(answer, classifier.columns, 0, 2);
    const { columns } = classifier;
    expect((await classifier.run(values, others)).subarray(0, columns)).toEqual(answer.subarray(0, columns));
    classifier.close();
    const { classes: _, ...backbone } = architecture;
    const features = await featurePass(backbone, rows);
    const count = backboneLayout(backbone).at(-1)!;
    const seen = await features.run(values.subarray(0, count.offset + count.length), patches);
    features.close();
    const [weight, bias] = layout(architecture).slice(-2);
    expect(columnsOf(answer, columns, 2, 4)).toEqual(seen);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < 2; column++) {
        let sum = values[bias!.offset + column]!;
        for (let at = 0; at < 4; at++) sum += seen[row * 4 + at]! * values[weight!.offset + at * 2 + column]!;
        expect(logits[row * 2 + column]).toBeCloseTo(sum, 4);
      }
    }
  });
});
