import { expect, it } from "vitest";
import type { TensorSpec } from "../network/tensor-spec.ts";
import type { Batch } from "./gradient-source.ts";
import { learningRate } from "./learning-rate.ts";
import { startOptimizer } from "./optimizer.ts";
import { cutOrder, runEpoch } from "./run-epoch.ts";
import { UpdateOptions } from "./train-options.ts";

it("an epoch is cut into batches of nearly equal size, each position in one of them", () => {
  const order = Array.from({ length: 10 }, (_, index) => 9 - index);
  const batches = cutOrder(order, 4);
  expect(batches.map(({ length }) => length)).toEqual([3, 3, 4]);
  expect(batches.flat()).toEqual(order);
  expect(cutOrder(order, 5).map(({ length }) => length)).toEqual([5, 5]);
  expect(cutOrder(order, 11)).toEqual([order]);
});

it("updates follow one schedule over all epochs, a batch made while the one before is computed", async () => {
  const specs: TensorSpec[] = [
    { name: "w.weight", shape: [1], offset: 0, length: 1, initial: { constant: 0 }, decays: false },
  ];
  const options = UpdateOptions.parse({ epochs: 3, lr: 0.1, warmUp: 0.3, averageDecay: 0 });
  const state = startOptimizer(Float32Array.of(0));
  const told: string[] = [];
  const source = {
    gradient: async (_: Float32Array, [batch]: Batch) => {
      told.push(`computes ${batch}`);
      return { loss: 2 * batch![0]!, gradient: Float32Array.of(1) };
    },
    close: async () => {},
  };
  const batches = [1, 2].map((number) => () => {
    told.push(`makes ${number}`);
    return [Float32Array.of(number)];
  });
  const plan = { source, specs, options, signal: new AbortController().signal };
  const rates: number[] = [];
  for (const epoch of [1, 2, 3]) {
    const { loss, lr } = await runEpoch(plan, state, epoch, batches);
    expect(loss).toBe(3);
    rates.push(lr);
  }
  const schedule = { peak: 0.1, warmUp: 2, total: 6 };
  expect(rates).toEqual([1, 3, 5].map((step) => learningRate(step, schedule)));
  expect(told.slice(0, 4)).toEqual(["makes 1", "computes 1", "makes 2", "computes 2"]);
  // The gradient never changes, so that every update goes by its rate.
  const sum = [0, 1, 2, 3, 4, 5].reduce((all, step) => all + learningRate(step, schedule), 0);
  expect(state.values[0]).toBeCloseTo(-sum, 6);
});
