import { describe, expect, it } from "vitest";
import type { Architecture } from "../network/architecture.ts";
import { smallArchitecture } from "../network/fixtures/small-architecture.ts";
import { initialValues } from "../network/initial-values.ts";
import { parameterCount } from "../network/tensor-spec.ts";
import { generator } from "../random/generator.ts";
import type { Batch } from "./gradient-source.ts";
import { formulate, type Objective } from "./objective.ts";
import { startSource } from "./start-source.ts";

const rows = 4;
const network = (changes: Partial<Architecture>): Architecture => ({
  ...smallArchitecture,
  size: 4,
  patch: 2,
  width: 8,
  depth: 2,
  heads: 2,
  ...changes,
});
const { classes: _, ...backbone } = network({ mixing: "attention" });

const objectives: readonly (readonly [string, Objective])[] = [
  ["classes, by attention", { kind: "classification", architecture: network({ mixing: "attention" }) }],
  ["classes, by perceptrons", { kind: "classification", architecture: network({}) }],
  [
    "classes, by GELU and a class token",
    { kind: "classification", architecture: network({ mixing: "attention", activation: "gelu", pooling: "class" }) },
  ],
  ["hidden patches", { kind: "masked", backbone }],
  ["hidden patches that overlap", { kind: "masked", backbone: { ...backbone, overlap: 1 } }],
  ["hidden patches, beside a class token", { kind: "masked", backbone: { ...backbone, pooling: "class" } }],
  ["hidden patches, by adapters", { kind: "adaptation", adaptation: { backbone, rank: 2, alpha: 1, unfrozen: 1 } }],
  [
    "hidden patches, by adapters of perceptrons",
    {
      kind: "adaptation",
      adaptation: { backbone: { ...backbone, mixing: "perceptron" }, rank: 1, alpha: 2, unfrozen: 1 },
    },
  ],
];

describe.each(objectives)("the gradient for %s", (_name, objective) => {
  const { trained, frozen, inputs } = formulate(objective);
  // Nothing may start at zero, where a fault of a gradient could hide, nor may a ReLU turn within the differences: a
  // layer norm makes much of a small step of a token as small as training starts from.
  const draw = (specs: typeof trained) => initialValues(specs, 5).map((value, index) => value + 0.3 * Math.sin(index));
  const values = draw(trained);
  const rest = draw(frozen);
  const batch: Batch = inputs.map((shape, at) => {
    const drawn = normals(rows * size(shape), at + 1);
    // Which patches are hidden, then their shares in the loss.
    if (shape.at(-1) === 1) return drawn.map((value) => (at === 1 ? Number(value > 0) : 0.005 * Math.abs(value)));
    return drawn;
  });
  const startWith = (threads: number) => startSource(objective, rows, rest, threads);

  it("is the slope that differences of the loss show, for every tensor", async () => {
    const source = await startWith(1);
    const { gradient } = await source.gradient(values, batch);
    expect(gradient).toHaveLength(parameterCount(trained));
    for (const { name, offset, length } of trained) {
      const direction = unit(normals(length, offset + 7));
      const moved = (distance: number) =>
        values.map((value, index) =>
          index >= offset && index < offset + length ? value + distance * direction[index - offset]! : value,
        );
      const ahead = await source.gradient(moved(0.0001), batch);
      const behind = await source.gradient(moved(-0.0001), batch);
      const slope = direction.reduce((sum, part, index) => sum + part * gradient[offset + index]!, 0);
      const seen = (ahead.loss - behind.loss) / 0.0002;
      expect(Math.abs(seen - slope), name).toBeLessThan(0.01 + 0.03 * Math.abs(slope));
    }
    await source.close();
  });

  it("has equal bits when asked again", async () => {
    const [one, two] = [await startWith(1), await startWith(1)];
    const first = await one.gradient(values, batch);
    expect(await two.gradient(values, batch)).toEqual(first);
    expect(await one.gradient(values, batch)).toEqual(first);
    await one.close();
    await two.close();
  });
});

it.each(objectives.filter(([, { kind }]) => kind !== "classification"))(
  "the loss of %s does not see them",
  async (_name, objective) => {
    const { trained, frozen, inputs } = formulate(objective);
    const source = await startSource(objective, rows, initialValues(frozen, 2), 1);
    const [shape] = inputs;
    const [patches, targets] = [normals(rows * size(shape!), 1), normals(rows * size(shape!), 2)];
    const hidden = Float32Array.from({ length: rows * 4 }, (_, patch) => patch % 2);
    const shares = hidden.map((each) => each / 100);
    const other = patches.map((value, at) => (hidden[Math.floor(at / shape![1]!)] === 1 ? -3 * value : value));
    const values = initialValues(trained, 3);
    const { loss } = await source.gradient(values, [patches, hidden, shares, targets]);
    expect((await source.gradient(values, [other, hidden, shares, targets])).loss).toBe(loss);
    const shown = patches.map((value) => -3 * value);
    expect((await source.gradient(values, [shown, hidden, shares, targets])).loss).not.toBe(loss);
    await source.close();
  },
);

describe("threads", () => {
  const objective: Objective = { kind: "classification", architecture: network({}) };
  const { trained } = formulate(objective);
  const values = initialValues(trained, 3);
  const batch: Batch = [normals(rows * 48, 1), Float32Array.from({ length: rows * 2 }, (_, index) => index / 8)];
  const ask = async (threads: number) => {
    const source = await startSource(objective, rows, new Float32Array(), threads);
    const answer = await source.gradient(values, batch);
    await source.close();
    return answer;
  };

  it("share the rows out, to the sum that one of them would give", async () => {
    const [one, two] = [await ask(1), await ask(2)];
    expect(two.loss).toBeCloseTo(one.loss, 4);
    for (const [index, slope] of one.gradient.entries()) expect(two.gradient[index]).toBeCloseTo(slope, 4);
    expect(await ask(2)).toEqual(two);
  });

  it("pass on what one of them throws", async () => {
    const source = await startSource(objective, rows, new Float32Array(), 2);
    await expect(source.gradient(new Float32Array(3), batch)).rejects.toThrow();
    await source.close();
  });
});

function normals(length: number, seed: number): Float32Array<ArrayBuffer> {
  const random = generator(seed);
  return Float32Array.from({ length }, () => random.normal());
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

function unit(direction: Float32Array): Float32Array {
  const length = Math.hypot(...direction);
  return direction.map((part) => part / length);
}
