import { setImmediate } from "node:timers/promises";
import type { TensorSpec } from "../network/tensor-spec.ts";
import { checkFinite } from "./check-finite.ts";
import type { Batch, GradientSource } from "./gradient-source.ts";
import { learningRate } from "./learning-rate.ts";
import { type OptimizerState, update } from "./optimizer.ts";
import type { UpdateOptions } from "./train-options.ts";

/** What all epochs of a training have in common. */
export interface EpochPlan {
  readonly source: GradientSource;
  readonly specs: readonly TensorSpec[];
  readonly options: UpdateOptions;
  /** Training ends with the signal's reason soon after it aborts. */
  readonly signal: AbortSignal;
}

/**
 * Makes the updates of one epoch, in place. While other threads are still at a gradient, the next batch is made here.
 *
 * @param epoch from 1.
 * @param batches the epoch's batches; asked for in order, one ahead of its update.
 * @returns the mean loss over the batches, and the last update's learning rate.
 * @throws StepError `training-diverged`.
 */
export async function runEpoch(
  { source, specs, options, signal }: EpochPlan,
  state: OptimizerState,
  epoch: number,
  batches: readonly (() => Batch)[],
): Promise<{ readonly loss: number; readonly lr: number }> {
  const total = batches.length * options.epochs;
  const schedule = { peak: options.lr, warmUp: Math.ceil(total * options.warmUp), total };
  let losses = 0;
  let lr = 0;
  let next = batches[0]?.();
  for (let index = 0; next !== undefined; index++) {
    // The loop's own work never waits, so the signal and the engine's messages are let in here.
    await setImmediate();
    signal.throwIfAborted();
    const pending = source.gradient(state.values, next);
    next = batches[index + 1]?.();
    const { loss, gradient } = await pending;
    checkFinite(loss, gradient, specs, { epoch, step: state.step + 1 });
    lr = learningRate(state.step, schedule);
    update(state, gradient, specs, lr, options);
    losses += loss;
  }
  return { loss: losses / batches.length, lr };
}

/**
 * Cuts an epoch's order into batches of nearly equal size, so that the last one is no update on a handful of images.
 */
export function cutOrder(order: readonly number[], most: number): readonly (readonly number[])[] {
  const count = Math.ceil(order.length / most);
  return Array.from({ length: count }, (_, index) =>
    order.slice(Math.floor((index * order.length) / count), Math.floor(((index + 1) * order.length) / count)),
  );
}
