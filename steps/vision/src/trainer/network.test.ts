import { describe, expect, it } from "vitest";
import type { Predicted } from "../contract.ts";
import { generator } from "../random/generator.ts";
import type { Architecture } from "./architecture.ts";
import { type CompiledNetwork, compileNetwork } from "./compiled-network.ts";
import { initialValues } from "./initial-values.ts";
import { layout, parameterCount } from "./layout.ts";

const small: Omit<Architecture, "mixing"> = {
  size: 4,
  channels: 3,
  classes: 2,
  patch: 2,
  width: 8,
  depth: 2,
  heads: 2,
  expansion: 2,
};
const batch = 3;

const normals = (length: number, seed: number) => {
  const random = generator(seed);
  return Float32Array.from({ length }, () => random.normal());
};
const patches = normals(batch * 4 * 12, 1);
const targets = Float32Array.of(0.2, 0.1, 0, 0.5, 0.1, 0.1);

async function withNetwork<T>(architecture: Architecture, use: (network: CompiledNetwork) => Promise<T>): Promise<T> {
  const network = await compileNetwork(architecture, batch);
  try {
    return await use(network);
  } finally {
    network.dispose();
  }
}

describe.each(["attention", "perceptron"] as const)("a network that mixes by %s", (mixing) => {
  const architecture: Architecture = { ...small, mixing };
  const specs = layout(architecture);
  const values = initialValues(specs, 5).map((value, index) => value + 0.05 * Math.sin(index));

  it("has the gradient that differences of its loss show, for every tensor", async () => {
    await withNetwork(architecture, async (network) => {
      const { gradient } = await network.lossAndGradient(values, patches, targets);
      for (const { name, offset, length } of specs) {
        const direction = unit(normals(length, offset));
        const moved = (distance: number) =>
          values.map((value, index) =>
            index >= offset && index < offset + length ? value + distance * direction[index - offset]! : value,
          );
        const ahead = await network.lossAndGradient(moved(0.003), patches, targets);
        const behind = await network.lossAndGradient(moved(-0.003), patches, targets);
        const slope = direction.reduce((sum, part, index) => sum + part * gradient[offset + index]!, 0);
        expect(Math.abs((ahead.loss - behind.loss) / 0.006 - slope), name).toBeLessThan(0.002 + 0.03 * Math.abs(slope));
      }
    });
  });

  it("gives the loss of its own logits", async () => {
    await withNetwork(architecture, async (network) => {
      const { logits } = await network.predict(values, patches);
      const { loss } = await network.lossAndGradient(values, patches, targets);
      const expected = Array.from({ length: batch }, (_, row) => {
        const pair = [logits[row * 2]!, logits[row * 2 + 1]!];
        const total = Math.log(Math.exp(pair[0]!) + Math.exp(pair[1]!));
        return -(targets[row * 2]! * (pair[0]! - total) + targets[row * 2 + 1]! * (pair[1]! - total));
      });
      expect(loss).toBeCloseTo(
        expected.reduce((sum, value) => sum + value, 0),
        4,
      );
    });
  });

  it("answers each image by itself, and gives rows without weight no part in the gradient", async () => {
    await withNetwork(architecture, async (network) => {
      const others = patches.map((value, index) => (index < 48 ? value : -2 * value));
      const first = ({ logits, features }: Predicted) => [logits[0], logits[1], ...features.subarray(0, 3)];
      expect(first(await network.predict(values, others))).toEqual(first(await network.predict(values, patches)));
      const onlyFirst = Float32Array.of(0.3, 0.7, 0, 0, 0, 0);
      const one = await network.lossAndGradient(values, patches, onlyFirst);
      const two = await network.lossAndGradient(values, others, onlyFirst);
      expect(two.loss).toBe(one.loss);
      expect(two.gradient).toEqual(one.gradient);
    });
  });

  it("gives equal bits when asked again", async () => {
    const run = () => withNetwork(architecture, (network) => network.lossAndGradient(values, patches, targets));
    const [one, two] = [await run(), await run()];
    expect(two.loss).toBe(one.loss);
    expect(two.gradient).toEqual(one.gradient);
    expect(one.gradient).toHaveLength(parameterCount(specs));
  });
});

function unit(direction: Float32Array): Float32Array {
  const length = Math.hypot(...direction);
  return direction.map((part) => part / length);
}
